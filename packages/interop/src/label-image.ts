// Footprints out of one image whose values are the numbers of cells, 0 where there is none: masks of Cellpose and their kin.
import type { Footprints } from "@minisim/scoring";
import { stackOf } from "./image-footprints.ts";
import { patchesOf } from "./pixel-order.ts";
import type { Field, Reading } from "./reading.ts";

/** One footprint a label, in ascending order. `refuse` throws the sentence that ends so. */
export function labelFootprints(
  values: ArrayLike<number>,
  field: Field,
  reading: Reading,
  refuse: (problem: string) => never,
): Footprints {
  const pixelsOf = new Map<number, number[]>();
  for (let pixel = 0; pixel < values.length; pixel++) {
    const label = values[pixel]!;
    if (!Number.isInteger(label)) {
      return refuse("is one image, and no image of labels: its values are not whole numbers");
    }
    if (label <= 0) continue;
    const pixels = pixelsOf.get(label);
    if (pixels) pixels.push(pixel);
    else pixelsOf.set(label, [pixel]);
  }
  const problem = reading.unitProblem(pixelsOf.size);
  if (problem) return refuse(problem);
  reading.note(`Footprints are an image of labels: ${pixelsOf.size} labels are as many units.`);
  const lists = [...pixelsOf.entries()].sort(([a], [b]) => a - b).map(([, pixels]) => pixels);
  const starts = [0];
  for (const pixels of lists) starts.push(starts.at(-1)! + pixels.length);
  const pixels = lists.flat();
  const weights = new Float64Array(pixels.length).fill(1);
  return stackOf(field, patchesOf({ starts, pixels, weights }, field, "C"));
}
