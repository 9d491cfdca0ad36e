// Separable correlation, one output pixel at a time along each axis.
import type { Edge, FrameShape, Window } from "../operands.ts";

/** Correlates along x for every source row, then along y; pixels outside the source are 0 or the nearest pixel. */
export function blur(
  source: ArrayLike<number>,
  { height, width }: FrameShape,
  taps: ArrayLike<number>,
  target: Float64Array,
  window: Window,
  edge: Edge,
): void {
  const radius = (taps.length - 1) / 2;
  const rows = new Float64Array(height * window.width);
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < window.width; x++) {
      for (let k = 0; k < taps.length; k++) {
        const col = place(window.left + x + k - radius, width, edge);
        if (col >= 0) rows[row * window.width + x]! += taps[k]! * source[row * width + col]!;
      }
    }
  }
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      let sum = 0;
      for (let k = 0; k < taps.length; k++) {
        const row = place(window.top + y + k - radius, height, edge);
        if (row >= 0) sum += taps[k]! * rows[row * window.width + x]!;
      }
      target[y * window.width + x] = sum;
    }
  }
}

/** The index to read, or -1 for darkness. */
function place(index: number, length: number, edge: Edge): number {
  if (index >= 0 && index < length) return index;
  return edge === "nearest" ? Math.min(Math.max(index, 0), length - 1) : -1;
}
