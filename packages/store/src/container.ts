// Frames in the number type that holds them on disk.
import type { Container } from "@minisim/spec";
import { bytesPerItem, emptyArray, type TypedArrayOf } from "./dtype.ts";
import { StoreError } from "./error.ts";

export type FrameData = Uint8Array | Uint16Array | Float32Array | Float64Array;
export type ContainerArray = TypedArrayOf<Container>;

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
