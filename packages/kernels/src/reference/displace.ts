// Smooth displacement with bilinear interpolation, cropped to a window.
import type { Displacements } from "../kernels.ts";
import type { BlockShape, Window } from "../operands.ts";
import { coarseGrid, itself, splineLines } from "../spline.ts";
import { mix } from "./mix.ts";
import { pixelsOf } from "./pixels.ts";

/** out[y, x] = source(top + y − dy(y, x), left + x − dx(y, x)), 0 outside the source. */
export function displace(
  source: ArrayLike<number>,
  shape: BlockShape,
  target: Float64Array,
  window: Window,
  { spacing_px, nodes, whole = itself(window) }: Displacements,
): void {
  const grid = coarseGrid(whole, spacing_px);
  const count = grid.height * grid.width;
  const read = splineLines(grid, window, spacing_px, whole);
  const down = new Float64Array(window.width);
  const right = new Float64Array(window.width);
  const pixel = pixelsOf(source, shape);
  for (let f = 0; f < shape.nFrames; f++) {
    for (let y = 0; y < window.height; y++) {
      read(nodes, 2 * f * count, y, 0, window.width, down, 0);
      read(nodes, (2 * f + 1) * count, y, 0, window.width, right, 0);
      for (let x = 0; x < window.width; x++) {
        const at = (f * window.height + y) * window.width + x;
        target[at] = sample(f, window.top + y - down[x]!, window.left + x - right[x]!);
      }
    }
  }

  function sample(f: number, y: number, x: number): number {
    const row = Math.floor(y);
    const col = Math.floor(x);
    const upper = mix(pixel(f, row, col), pixel(f, row, col + 1), x - col);
    const lower = mix(pixel(f, row + 1, col), pixel(f, row + 1, col + 1), x - col);
    return mix(upper, lower, y - row);
  }
}
