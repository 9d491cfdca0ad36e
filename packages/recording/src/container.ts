// Movies in memory are floats; here their values are told apart and put into the number type that holds them.
import type { Container } from "@minisim/spec";
import type { MovieBlock } from "./recorded.ts";

type Pixels = Uint8Array | Uint16Array | Float32Array | Float64Array;

/**
 * The container of a movie in memory: float32, unless it has frames and all its values are integers in
 * 0 … 2^bitDepth − 1; then the type of the sensor's bit depth, whatever the largest count happens to be.
 */
export function containerFor(movie: Pixels, bitDepth: number): Container {
  if (movie.length === 0) return "float32";
  const container = bitDepth <= 8 ? "uint8" : "uint16";
  const most = 2 ** bitDepth - 1;
  return holdsCounts(movie, most) ? container : "float32";
}

function holdsCounts(movie: Pixels, most: number): boolean {
  for (let i = 0; i < movie.length; i++) {
    const value = movie[i]!;
    if (!(value >= 0 && value <= most && Math.floor(value) === value)) return false;
  }
  return true;
}

/** Values that the container holds without loss, in it. */
export function inContainer(values: Pixels, container: Container): MovieBlock["data"] {
  if (container === "uint8") return Uint8Array.from(values);
  if (container === "uint16") return Uint16Array.from(values);
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
