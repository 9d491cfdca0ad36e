// Footprints out of lists of pixels or images, in the precision they came in: rounding would change scores.
import type { Footprints, Patch } from "@minisim/metrics";
import { denseFootprints } from "../arrays-estimate.ts";

interface Canvas {
  readonly height: number;
  readonly width: number;
}

/** Unit i owns entries starts[i] … starts[i + 1] − 1; all lie on the canvas. */
export interface PixelLists {
  readonly starts: ArrayLike<number>;
  readonly ys: Int32Array;
  readonly xs: Int32Array;
  readonly weights: ArrayLike<number>;
}

export const footprintsOf = (canvas: Canvas, patches: readonly Patch[]): Footprints => ({
  canvas,
  length: patches.length,
  at: (index) => patches[index]!,
});

/** The lit box of an image, row-major; a copy. */
export const patchOfImage = (image: ArrayLike<number>, { height, width }: Canvas): Patch =>
  denseFootprints(image, [1, height, width]).at(0);

export function footprintsOfPixels(lists: PixelLists, canvas: Canvas): Footprints {
  const count = Math.max(0, lists.starts.length - 1);
  const patches = Array.from({ length: count }, (_, unit) =>
    patchOfPixels(lists, lists.starts[unit]!, lists.starts[unit + 1]!),
  );
  return footprintsOf(canvas, patches);
}

/** Entries of one pixel add up, as in a sparse matrix. */
function patchOfPixels({ ys, xs, weights }: PixelLists, start: number, end: number): Patch {
  if (start === end) return { row: 0, col: 0, height: 0, width: 0, data: [] };
  let [top, bottom, left, right] = [ys[start]!, ys[start]!, xs[start]!, xs[start]!];
  for (let k = start; k < end; k++) {
    top = Math.min(top, ys[k]!);
    bottom = Math.max(bottom, ys[k]!);
    left = Math.min(left, xs[k]!);
    right = Math.max(right, xs[k]!);
  }
  const [height, width] = [bottom - top + 1, right - left + 1];
  const data = new Float64Array(height * width);
  for (let k = start; k < end; k++) {
    const at = (ys[k]! - top) * width + xs[k]! - left;
    data[at] = data[at]! + weights[k]!;
  }
  return { row: top, col: left, height, width, data };
}
