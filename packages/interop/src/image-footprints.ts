// Footprints out of an array of images, whatever the order of its axes.
import type { Footprints, Patch } from "@minisim/scoring";
import {
  type AxesSettings,
  axesOf,
  type ImageLayout,
  isUpright,
  layoutOf,
} from "./footprint-axes.ts";
import type { Field, Reading } from "./reading.ts";

/**
 * What makes footprints of an array of this shape. `unitCounts`: how many units the traces may be of; null without traces.
 * `refuse` throws the sentence that ends so.
 */
export function planImages(
  shape: readonly [number, number, number],
  unitCounts: readonly number[] | null,
  settings: AxesSettings,
  reading: Reading,
  refuse: (problem: string) => never,
): (data: ArrayLike<number>) => Footprints {
  const choice = axesOf(shape, unitCounts, settings, reading);
  if ("problem" in choice) return refuse(choice.problem);
  const layout = layoutOf(shape, choice.axes);
  const problem = reading.imageProblem(layout) ?? reading.unitProblem(layout.units);
  if (problem) return refuse(problem);
  if (!isUpright(choice.axes)) {
    reading.note(`Footprints are ${choice.axes.replaceAll("_", " × ")}: the images were turned.`);
  }
  return (data) =>
    stackOf(
      layout,
      Array.from({ length: layout.units }, (_, unit) => patchOfImage(data, layout, unit)),
    );
}

/** The lit box of an image of an array, in the precision it came in. */
export function patchOfImage(data: ArrayLike<number>, layout: ImageLayout, unit: number): Patch {
  const { height, width, unitStride, rowStride, columnStride } = layout;
  const at = (y: number, x: number) => data[unit * unitStride + y * rowStride + x * columnStride]!;
  let [top, bottom, left, right] = [height, 0, width, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!(at(y, x) > 0)) continue;
      top = Math.min(top, y);
      bottom = y + 1;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
    }
  }
  if (bottom === 0) return { row: 0, col: 0, height: 0, width: 0, data: [] };
  const box = { row: top, col: left, height: bottom - top, width: right - left };
  const lit = new Float64Array(box.height * box.width);
  for (let i = 0; i < lit.length; i++) {
    lit[i] = at(top + Math.floor(i / box.width), left + (i % box.width));
  }
  return { ...box, data: lit };
}

export function stackOf({ height, width }: Field, patches: readonly Patch[]): Footprints {
  return { canvas: { height, width }, length: patches.length, at: (index) => patches[index]! };
}
