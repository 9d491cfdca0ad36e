// Footprints as a matrix of flat images: which axis is pixels, and whether these are numbered along the rows of the image (order C)
// or down its columns (order F).
import type { Patch } from "@minisim/scoring";
import type { Field } from "./reading.ts";

export type PixelOrder = "C" | "F";

/** Pixels of unit i are `pixels[starts[i]]` … `pixels[starts[i + 1] − 1]`, by their flat numbers. */
export interface FlatFootprints {
  readonly starts: ArrayLike<number>;
  readonly pixels: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

export const placeOf = (
  pixel: number,
  { height, width }: Field,
  order: PixelOrder,
): readonly [y: number, x: number] =>
  order === "C"
    ? [Math.floor(pixel / width), pixel % width]
    : [pixel % height, Math.floor(pixel / height)];

/** A cell is a blob: read in the wrong order it falls into stripes. Null where that decides nothing, as on a square field. */
export function orderByShape(footprints: FlatFootprints, field: Field): PixelOrder | null {
  let votes = 0;
  for (let unit = 0; unit + 1 < footprints.starts.length; unit++) {
    const [c, f] = (["C", "F"] as const).map((order) => spread(footprints, unit, field, order));
    votes += Math.sign(f! - c!);
  }
  if (field.height === field.width || votes === 0) return null;
  return votes > 0 ? "C" : "F";
}

/** The variance of a footprint's place over both axes, its light as weight. */
function spread(
  { starts, pixels, weights }: FlatFootprints,
  unit: number,
  field: Field,
  order: PixelOrder,
): number {
  let [light, y1, x1, squares] = [0, 0, 0, 0];
  for (let k = starts[unit]!; k < starts[unit + 1]!; k++) {
    const weight = weights[k]!;
    if (!(weight > 0 && weight < Infinity)) continue;
    const [y, x] = placeOf(pixels[k]!, field, order);
    light += weight;
    y1 += weight * y;
    x1 += weight * x;
    squares += weight * (y * y + x * x);
  }
  return light === 0 ? 0 : squares / light - (y1 / light) ** 2 - (x1 / light) ** 2;
}

/** The lit box of each footprint. Entries of one pixel add up, as in a sparse matrix. */
export function patchesOf(footprints: FlatFootprints, field: Field, order: PixelOrder): Patch[] {
  const { starts } = footprints;
  return Array.from({ length: Math.max(0, starts.length - 1) }, (_, unit) =>
    patchOf(footprints, starts[unit]!, starts[unit + 1]!, field, order),
  );
}

function patchOf(
  { pixels, weights }: FlatFootprints,
  start: number,
  end: number,
  field: Field,
  order: PixelOrder,
): Patch {
  let [top, bottom, left, right] = [Infinity, -1, Infinity, -1];
  for (let k = start; k < end; k++) {
    const [y, x] = placeOf(pixels[k]!, field, order);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  if (bottom < 0) return { row: 0, col: 0, height: 0, width: 0, data: [] };
  const [height, width] = [bottom - top + 1, right - left + 1];
  const data = new Float64Array(height * width);
  for (let k = start; k < end; k++) {
    const [y, x] = placeOf(pixels[k]!, field, order);
    data[(y - top) * width + x - left]! += weights[k]!;
  }
  return { row: top, col: left, height, width, data };
}
