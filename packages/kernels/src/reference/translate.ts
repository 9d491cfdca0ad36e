// Shift or smooth displacement with bilinear interpolation, cropped to a window.
import type { Motion } from "../kernels.ts";
import type { BlockShape, Window } from "../operands.ts";
import { displace } from "./displace.ts";
import { mix } from "./mix.ts";
import { pixelsOf } from "./pixels.ts";

/** out[y, x] = source(top + y − dy, left + x − dx), 0 outside the source; `motion` holds (dy, dx) for each frame, or for each pixel. */
export function translate(
  source: ArrayLike<number>,
  shape: BlockShape,
  target: Float64Array,
  window: Window,
  motion: Motion,
): void {
  if ("nodes" in motion) {
    displace(source, shape, target, window, motion);
    return;
  }
  const pixel = pixelsOf(source, shape);
  for (let f = 0; f < shape.nFrames; f++) {
    const fromRow = window.top - motion[2 * f]!;
    const fromCol = window.left - motion[2 * f + 1]!;
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
}
