// The pattern itself: pure functions over numbers and typed arrays.
import { normalField } from "@minisim/kernels";
import { pow } from "@minisim/kernels/math";
import type { Stream } from "@minisim/random";

/** Relative sensitivity of each pixel: 1 + cv · normal, never below 0. Row-major, height × width. */
export function responseField(
  height: number,
  width: number,
  cv: number,
  key: readonly [number, number],
): Float64Array {
  const noise = normalField({ rows: height, cols: width, rowStart: 0, colStart: 0 }, key);
  return noise.map((value) => Math.max(0, 1 + cv * value));
}

/** Dark electrons of each pixel in one frame: `dark` everywhere, and exponentially distributed ones on hot pixels. */
export function darkField(
  pixels: number,
  dark: number,
  hot: { readonly fraction: number; readonly mean: number },
  stream: Stream,
): Float64Array {
  const field = new Float64Array(pixels).fill(dark);
  if (hot.fraction === 0) return field;
  // From hot pixel to hot pixel: the gaps between rare, independent events are geometric.
  let pixel = stream.geometric(hot.fraction);
  while (pixel < pixels) {
    field[pixel]! += hot.mean * stream.exponential();
    pixel += 1 + stream.geometric(hot.fraction);
  }
  return field;
}

// Silicon's dark current doubles every 5 to 10 K; estimate between.
const DOUBLING_K = 8;

/** Dark electrons of a sensor that is `warmth_k` warmer. */
export function timesDark(dark: Float64Array, warmth_k: number): Float64Array {
  const factor = pow(2, warmth_k / DOUBLING_K);
  return dark.map((electrons) => electrons * factor);
}
