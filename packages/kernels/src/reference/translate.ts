// Rigid shift with bilinear interpolation, cropped to a window.
import type { BlockShape, Window } from "../operands.ts";

/** out[y, x] = source(top + y − dy, left + x − dx), 0 outside the source; `shifts` holds (dy, dx) for each frame. */
export function translate(
  source: ArrayLike<number>,
  { nFrames, height, width }: BlockShape,
  target: Float64Array,
  window: Window,
  shifts: ArrayLike<number>,
): void {
  for (let f = 0; f < nFrames; f++) {
    const fromRow = window.top - shifts[2 * f]!;
    const fromCol = window.left - shifts[2 * f + 1]!;
    const row = Math.floor(fromRow);
    const col = Math.floor(fromCol);
    const down = fromRow - row;
    const right = fromCol - col;
    for (let y = 0; y < window.height; y++) {
      for (let x = 0; x < window.width; x++) {
        const upper = mix(pixel(f, row + y, col + x), pixel(f, row + y, col + x + 1), right);
        const lower = mix(
          pixel(f, row + y + 1, col + x),
          pixel(f, row + y + 1, col + x + 1),
          right,
        );
        target[(f * window.height + y) * window.width + x] = mix(upper, lower, down);
      }
    }
  }

  function pixel(f: number, row: number, col: number): number {
    const inside = row >= 0 && row < height && col >= 0 && col < width;
    return inside ? source[(f * height + row) * width + col]! : 0;
  }
}

function mix(from: number, to: number, fraction: number): number {
  return fraction === 0 ? from : (1 - fraction) * from + fraction * to;
}
