// Coordinates of minian's arrays: which unit a row is, and where on the camera a pixel lies.
import { InteropError } from "../error.ts";
import type { Field, Reading } from "../reading.ts";
import type { ZarrArray } from "../zarr2/array.ts";
import { openItem } from "./detect.ts";

/** Cameras have fewer rows and columns; more is damage. */
const MOST_PIXELS = 1 << 16;

export interface Placement {
  readonly canvas: { readonly height: number; readonly width: number };
  /** Of the array's first row and column. */
  readonly top: number;
  readonly left: number;
}

/**
 * Where A's images lie on the canvas: that of the caller; the recording's, where the coordinates show that A is a part of it; else
 * what A covers. @throws InteropError "malformed".
 */
export async function placementOf(
  folder: string,
  A: ZarrArray,
  canvas: readonly [number, number] | null,
  reading: Reading,
): Promise<Placement> {
  const { from: top, to: bottom, step: rowStep } = await spanOf(folder, A, "height");
  const { from: left, to: right, step: columnStep } = await spanOf(folder, A, "width");
  const isPart = top > 0 || left > 0;
  const field = reading.field && {
    height: Math.floor(reading.field.height / rowStep),
    width: Math.floor(reading.field.width / columnStep),
  };
  const [height, width] = canvas ??
    (isPart ? partOf(field, bottom, right) : null) ?? [bottom, right];
  if (rowStep > 1 || columnStep > 1) {
    reading.note(
      `minian's pixels are ${rowStep} × ${columnStep} of the camera's, as the coordinates of A say.`,
    );
  }
  const problem = reading.imageProblem({ height, width });
  if (problem) throw new InteropError("malformed", `${A.place} ${problem}.`);
  if (bottom > height || right > width) {
    throw new InteropError(
      "malformed",
      `${A.place} reaches to pixel (${bottom - 1}, ${right - 1}), past a canvas of ${height} × ${width}.`,
    );
  }
  return { canvas: { height, width }, top, left };
}

/** The recording's field of view, where pixels up to these lie on it. */
function partOf(field: Field | null, bottom: number, right: number): [number, number] | null {
  if (!field || bottom > field.height || right > field.width) return null;
  return [field.height, field.width];
}

interface Span {
  /** The first pixel and the one past the last, in pixels of A. */
  readonly from: number;
  readonly to: number;
  /** The pixels of the camera that each of them is: minian's coordinates stay those of the camera when it averages or leaves out pixels. */
  readonly step: number;
}

/** Where A lies along a dimension: its coordinate, or counted from 0. */
async function spanOf(folder: string, A: ZarrArray, dim: "height" | "width"): Promise<Span> {
  const axis = A.dims?.indexOf(dim) ?? (dim === "height" ? 1 : 2);
  const size = A.shape[axis] ?? 0;
  const coordinate = await openItem(folder, "A", dim);
  if (size > MOST_PIXELS) {
    throw new InteropError("malformed", `${A.place} claims a ${dim} of ${size} pixels.`);
  }
  if (!coordinate) return { from: 0, to: size, step: 1 };
  const values = await valuesOf(coordinate, size);
  const first = values[0] ?? 0;
  const step = size > 1 ? values[1]! - first : 1;
  const steady = values.every((value, i) => value === first + i * step);
  // The mean of n coordinates lies in their middle, (n − 1) / 2 after the first.
  const isWhole = Number.isInteger(first) || (step > 1 && Number.isInteger(first - (step - 1) / 2));
  const fits = isWhole && Number.isInteger(step) && step > 0 && first >= 0;
  const from = Math.floor(first / step);
  if (values.length === size && steady && fits && from + size <= MOST_PIXELS) {
    return { from, to: from + size, step };
  }
  throw new InteropError(
    "malformed",
    `${coordinate.place} does not count the ${size} pixels of A in even steps.`,
  );
}

/** The unit of every row of `name`: its coordinate unit_id, or counted from 0. @throws InteropError "malformed". */
export async function unitsOf(folder: string, name: string, count: number): Promise<Float64Array> {
  const coordinate = await openItem(folder, name, "unit_id");
  if (!coordinate) return Float64Array.from({ length: count }, (_, unit) => unit);
  const units = await valuesOf(coordinate, count);
  if (units.length === count && new Set(units).size === count) return units;
  throw new InteropError("malformed", `${coordinate.place} does not name ${count} units.`);
}

/** What unit_labels says of every unit, beside A or else beside its traces; null where nobody labelled. */
export async function labelsOf(folder: string, units: Float64Array): Promise<Float64Array | null> {
  for (const name of ["A", "C", "S"]) {
    const coordinate = await openItem(folder, name, "unit_labels");
    if (!coordinate) continue;
    const own = await unitsOf(folder, name, coordinate.shape[0] ?? 0);
    const labels = await valuesOf(coordinate, own.length);
    if (labels.length === own.length) {
      const rows = alignment(coordinate.place, units, own);
      return Float64Array.from(rows, (row) => labels[row]!);
    }
  }
  return null;
}

/** The values of a coordinate, unless it is not of this length: then none. */
async function valuesOf(coordinate: ZarrArray, length: number): Promise<Float64Array> {
  const fits = coordinate.shape.length === 1 && coordinate.shape[0] === length;
  return fits ? coordinate.read() : new Float64Array(0);
}

/** For every unit the row that is its. @throws InteropError "malformed" where one has none. */
export function alignment(place: string, units: Float64Array, rows: Float64Array): number[] {
  const rowOf = new Map(Array.from(rows, (unit, row) => [unit, row]));
  return Array.from(units, (unit) => {
    const row = rowOf.get(unit);
    if (row !== undefined) return row;
    throw new InteropError("malformed", `${place} has no row for unit ${unit} of A.`);
  });
}
