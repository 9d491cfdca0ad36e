// Smooth components: coefficients of cubic B-splines on a coarse grid, added to every frame of a block.
import type { BlockShape, Whole } from "../operands.ts";
import { coarseGrid, itself } from "../spline.ts";
import { accumulatePatches, type ReferencePatches } from "./patches.ts";

/** frame_f += Σ_n β(node n) · Σ_k weights[k·nFrames + f] · patch_k[n]; the patches lie on `coarseGrid(whole, spacing_px)`. */
export function accumulateCoarse(
  block: Float64Array,
  shape: BlockShape,
  spacing_px: number,
  patches: ReferencePatches,
  weights: ArrayLike<number>,
  whole: Whole = itself(shape),
): void {
  const { nFrames, height, width } = shape;
  const grid = coarseGrid(whole, spacing_px);
  const sums = new Float64Array(nFrames * grid.height * grid.width);
  accumulatePatches(sums, { nFrames, ...grid }, patches, weights);
  for (let y = 0; y < height; y++) {
    const rows = splinesAt(whole.top + y, whole.height, grid.height, spacing_px);
    for (let x = 0; x < width; x++) {
      const cols = splinesAt(whole.left + x, whole.width, grid.width, spacing_px);
      for (let f = 0; f < nFrames; f++) {
        for (const [row, down] of rows) {
          for (const [col, along] of cols) {
            const node = sums[(f * grid.height + row) * grid.width + col]!;
            block[(f * height + y) * width + x]! += down * along * node;
          }
        }
      }
    }
  }
}

/** The nodes of an axis whose spline does not vanish at a pixel, and its value there. */
function splinesAt(pixel: number, length: number, nodes: number, spacing_px: number) {
  const place = (pixel - (length - 1) / 2) / spacing_px + (nodes - 1) / 2;
  const near = [-2, -1, 0, 1, 2].map((step) => Math.round(place) + step);
  return near
    .map((node) => [node, cubicSpline(place - node)] as const)
    .filter(([node, value]) => value > 0 && node >= 0 && node < nodes);
}

/** The cubic B-spline of unit spacing, which is 0 beyond ±2. */
function cubicSpline(t: number): number {
  const distance = Math.abs(t);
  if (distance >= 2) return 0;
  if (distance >= 1) return (2 - distance) ** 3 / 6;
  return 2 / 3 - distance ** 2 + distance ** 3 / 2;
}
