// Footprints out of MATLAB: images height × width × unit, or pixels × unit with the pixels numbered down the columns.
import type { Footprints } from "@minisim/scoring";
import type { InteropError } from "../error.ts";
import { planFlat } from "../flat-footprints.ts";
import { type Axes, type AxesSettings, axesOf, isUpright, layoutOf } from "../footprint-axes.ts";
import { canvasOf, type H5Source, sparseFootprints, transposed } from "../h5/index.ts";
import { patchOfImage, stackOf } from "../image-footprints.ts";
import type { Field, Reading } from "../reading.ts";
import { isArray, scalar, sizeOf, sparseOf } from "./variables.ts";

/** `unitCounts`: how many units the traces may be of; null without traces. */
export function readFootprints(
  source: H5Source,
  at: string,
  group: string,
  unitCounts: readonly number[] | null,
  settings: AxesSettings,
  reading: Reading,
): Footprints {
  const sparse = sparseOf(source, at);
  const size = sparse ? [sparse.rows, sparse.columns] : sizeOf(source, at);
  if (size.length === 3) return readImages(source, at, size, unitCounts, settings, reading);
  if (size.length !== 2) {
    throw source.malformed(at, `is ${size.join(" × ")}, neither images nor pixels × units`);
  }
  const pair = size as [number, number];
  const field = fieldOfView(source, at, group, settings, reading);
  const problem = reading.imageProblem(field);
  if (problem) throw source.malformed(at, problem);
  if (sparse) return readSparse(source, at, pair, field, reading);
  if (pair[0] === field.height * field.width) {
    return readPixels(source, at, pair[1], field, reading);
  }
  // MATLAB drops the last axis of height × width × 1.
  if (pair[0] === field.height && pair[1] === field.width && unitCounts?.includes(1)) {
    return stackOf(field, [imageAt(source.numbers(at).data, field)]);
  }
  const refuse = (what: string): never => {
    throw source.malformed(at, `is ${size.join(" × ")}, and ${what}`);
  };
  const plan = planFlat(pair, field, unitCounts, { pixel_order: "F" }, reading, refuse);
  return plan(transposed(source.numbers(at)).data);
}

function readSparse(
  source: H5Source,
  at: string,
  size: readonly [number, number],
  field: Field,
  reading: Reading,
): Footprints {
  const pixels = field.height * field.width;
  const unitAxis = size[0] === pixels ? 1 : size[1] === pixels ? 0 : null;
  if (unitAxis === null) throw misfit(source, at, size, field);
  const problem = reading.unitProblem(size[unitAxis]);
  if (problem) throw source.malformed(at, problem);
  if (source.kind(`${at}/data`) === null) return stackOf(field, darkPatches(size[unitAxis]));
  const paths = { data: `${at}/data`, indices: `${at}/ir`, indptr: `${at}/jc` };
  return sparseFootprints(source, paths, size, unitAxis, field);
}

/** MATLAB leaves out the parts of a matrix without values. */
const darkPatches = (units: number) =>
  Array.from({ length: units }, () => ({ row: 0, col: 0, height: 0, width: 0, data: [] }));

/** Pixels × unit; in the file: unit, then x, then y. */
function readPixels(
  source: H5Source,
  at: string,
  units: number,
  field: Field,
  reading: Reading,
): Footprints {
  const problem = reading.unitProblem(units);
  if (problem) throw source.malformed(at, problem);
  return streamed(source, at, units, field);
}

/** Unit after unit: height × width × unit, which the file has as (unit, x, y). */
function streamed(source: H5Source, at: string, units: number, field: Field): Footprints {
  const patches = Array.from({ length: units }, (_, unit) =>
    imageAt(source.rows(at, unit, unit + 1), field),
  );
  return stackOf(field, patches);
}

const imageAt = (values: ArrayLike<number>, { height, width }: Field) =>
  patchOfImage(values, layoutOf([1, width, height], "unit_width_height"), 0);

/** The axes as the file has them, in the reverse order of MATLAB's. */
const IN_FILE: Readonly<Record<Axes, Axes>> = {
  height_width_unit: "unit_width_height",
  width_height_unit: "unit_height_width",
  unit_height_width: "width_height_unit",
  unit_width_height: "height_width_unit",
};

function readImages(
  source: H5Source,
  at: string,
  size: readonly number[],
  unitCounts: readonly number[] | null,
  settings: AxesSettings,
  reading: Reading,
): Footprints {
  const triple = size as readonly [number, number, number];
  const choice = axesOf(triple, unitCounts, settings, reading);
  if ("problem" in choice) {
    const traces = unitCounts === null ? "no traces" : `${unitCounts.join(" or ")} traces`;
    const why = choice.problem === "does not go together" ? ` with ${traces}` : "";
    throw source.malformed(at, `is ${size.join(" × ")}, which ${choice.problem}${why}`);
  }
  const { axes } = choice;
  const layout = layoutOf([triple[2], triple[1], triple[0]], IN_FILE[axes]);
  const problem = reading.imageProblem(layout) ?? reading.unitProblem(layout.units);
  if (problem) throw source.malformed(at, problem);
  if (!isUpright(axes)) {
    reading.note(`Footprints are ${axes.replaceAll("_", " × ")}: the images were turned.`);
  }
  if (axes === "height_width_unit") return streamed(source, at, layout.units, layout);
  // Whole, since every row holds a part of all images.
  const { data } = source.numbers(at);
  return stackOf(
    layout,
    Array.from({ length: layout.units }, (_, unit) => patchOfImage(data, layout, unit)),
  );
}

/**
 * Pixels × units do not tell the shape of the image: MIN1PIPE's pixh and pixw do, CNMF-E's options and images, the caller, or the
 * recording.
 */
export function fieldOfView(
  source: H5Source,
  at: string,
  group: string,
  { height, width }: AxesSettings,
  reading: Reading,
): Field {
  if (height !== undefined && width !== undefined) return { height, width };
  for (const [rows, columns] of [
    ["pixh", "pixw"],
    ["options/d1", "options/d2"],
    ["d1", "d2"],
  ]) {
    const d1 = scalar(source, `${group}/${rows}`);
    const d2 = scalar(source, `${group}/${columns}`);
    if (d1 !== null && d2 !== null) return canvasOf(source, `${group}/${rows}`, [d1, d2]);
  }
  for (const name of ["Cn", "PNR", "imax"]) {
    const image = `${group}/${name}`;
    if (!isArray(source, image)) continue;
    const size = sizeOf(source, image);
    if (size.length === 2) return canvasOf(source, image, size);
  }
  if (reading.field) return reading.field;
  throw source.unsupported(
    at,
    "is pixels × units without the size of the image; give the settings height and width",
  );
}

function misfit(
  source: H5Source,
  at: string,
  size: readonly number[],
  { height, width }: Field,
): InteropError {
  return source.malformed(
    at,
    `is ${size.join(" × ")}, where ${height * width} pixels (${height} × ${width}) × units are needed`,
  );
}
