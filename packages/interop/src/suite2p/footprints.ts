// Footprints out of suite2p's lists of pixels: ypix, xpix and their weights lam.
import type { Footprint } from "@minisim/footprint";
import { InteropError } from "../error.ts";
import type { Field, Reading } from "../reading.ts";
import type { Dictionary } from "./objects.ts";

interface Pixels {
  readonly place: string;
  readonly ys: Float64Array;
  readonly xs: Float64Array;
  readonly weights: Float64Array;
  /** Those that count. */
  readonly used: readonly number[];
}

/** @throws InteropError "malformed" for pixels that do not lie on the field of view. */
export function footprintsOf(
  rois: readonly Dictionary[],
  field: Field,
  withOverlap: boolean,
  reading: Reading,
): Footprint[] {
  const all = rois.map((roi) => pixelsOf(roi, withOverlap));
  const outside = firstOutside(all, field, 0);
  const isFromOne = outside !== null && firstOutside(all, field, 1) === null;
  if (outside !== null && !isFromOne) {
    const { height, width } = field;
    throw new InteropError(
      "malformed",
      `${outside.place}: pixel (${outside.y}, ${outside.x}) lies outside ${height} × ${width}.`,
    );
  }
  if (isFromOne) {
    reading.note("Pixels of ROIs are counted from 1: only so do they lie on the field of view.");
  }
  return all.map((pixels) => footprintOf(pixels, isFromOne ? 1 : 0));
}

function pixelsOf(roi: Dictionary, withOverlap: boolean): Pixels {
  const [ys, xs, weights] = [roi.numbers("ypix"), roi.numbers("xpix"), roi.numbers("lam")];
  const shared = withOverlap || !roi.has("overlap") ? null : roi.numbers("overlap");
  if (xs.length !== ys.length || weights.length !== ys.length) {
    throw new InteropError("malformed", `${roi.place}: ypix, xpix and lam differ in length.`);
  }
  const used = [...ys.keys()].filter((k) => !shared?.[k]);
  return { place: roi.place, ys, xs, weights, used };
}

function firstOutside(all: readonly Pixels[], { height, width }: Field, base: 0 | 1) {
  const isOn = (place: number, size: number) =>
    Number.isInteger(place) && place >= base && place < size + base;
  for (const { place, ys, xs, used } of all) {
    for (const k of used) {
      const [y, x] = [ys[k]!, xs[k]!];
      if (!(isOn(y, height) && isOn(x, width))) return { place, y, x };
    }
  }
  return null;
}

function footprintOf({ ys, xs, weights, used }: Pixels, base: 0 | 1): Footprint {
  let [top, bottom, left, right] = [Infinity, -1, Infinity, -1];
  for (const k of used) {
    top = Math.min(top, ys[k]!);
    bottom = Math.max(bottom, ys[k]!);
    left = Math.min(left, xs[k]!);
    right = Math.max(right, xs[k]!);
  }
  if (bottom < 0) return { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };
  const shape = { height: bottom - top + 1, width: right - left + 1 };
  const data = new Float32Array(shape.height * shape.width);
  for (const k of used) data[(ys[k]! - top) * shape.width + xs[k]! - left] = weights[k]!;
  return { row: top - base, col: left - base, ...shape, data };
}
