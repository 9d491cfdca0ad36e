// The number type that holds a movie on disk: the narrowest that holds it without loss.
import { bytesPerItem, emptyArray, type TypedArrayOf } from "./dtype.ts";
import { StoreError } from "./error.ts";

/** Counts of at most 8 and 16 bits, and light before any sensor. */
export type Container = "uint8" | "uint16" | "float32";
export const CONTAINERS: readonly Container[] = ["uint8", "uint16", "float32"];

export type FrameData = Uint8Array | Uint16Array | Float32Array | Float64Array;
export type ContainerArray = TypedArrayOf<Container>;

/**
 * The container of a movie in memory: float32, unless it has frames and all its values are integers in
 * 0 … 2^bitDepth − 1; then the type of the sensor's bit depth, whatever the largest count happens to be.
 */
export function containerFor(movie: FrameData, bitDepth: number): Container {
  if (movie.length === 0) return "float32";
  const container = bitDepth <= 8 ? "uint8" : "uint16";
  const most = 2 ** bitDepth - 1;
  return holdsCounts(movie, most) ? container : "float32";
}

function holdsCounts(movie: FrameData, most: number): boolean {
  for (let i = 0; i < movie.length; i++) {
    const value = movie[i]!;
    if (!(value >= 0 && value <= most && Math.floor(value) === value)) return false;
  }
  return true;
}

/** The frames in their container; itself when it is already that. @throws StoreError "invalid" on a value it cannot hold. */
export function toContainer(frames: FrameData, container: Container): ContainerArray {
  const held = emptyArray(container, 0);
  if (frames.constructor === held.constructor) return frames as ContainerArray;
  const converted: ContainerArray = emptyArray(container, frames.length);
  for (let i = 0; i < frames.length; i++) {
    const value = frames[i]!;
    converted[i] = value;
    if (converted[i] !== value && !(Number.isNaN(value) && bytesPerItem(container) === 4)) {
      throw new StoreError("invalid", `A ${container} movie cannot hold the value ${value}.`);
    }
  }
  return converted;
}
