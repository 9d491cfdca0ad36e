// Reads minian's results: A, C, S and motion, in either layout, of either Zarr format.
import { FootprintStack } from "@minisim/footprint";
import type { Estimate, EstimatedBackground, Rows } from "@minisim/scoring";
import { InteropError } from "../error.ts";
import type { Reading } from "../reading.ts";
import type { ZarrArray } from "../zarr2/array.ts";
import { alignment, labelsOf, type Placement, placementOf, unitsOf } from "./coordinates.ts";
import { openItem } from "./detect.ts";
import { footprintsOf } from "./footprints.ts";
import { mergedByLabels } from "./labels.ts";

export interface MinianOptions {
  /** (height, width) of the movie, when minian saw only a part of it; by default the recording's, or what A covers. */
  readonly canvas: readonly [height: number, width: number] | null;
  /** Whether the labels that a person gave the units are applied. */
  readonly components: "accepted" | "all";
}

/**
 * Minian's results. Footprints lie where the coordinates `height` and `width` say; traces are put in A's order of units.
 * Shifts are −motion, for minian keeps the correction; motion of a grid of patches (non-rigid) is not read.
 * @throws InteropError "missing" without A, "malformed".
 */
export async function readMinian(
  folder: string,
  { canvas, components }: MinianOptions,
  reading: Reading,
): Promise<Estimate> {
  const A = await openItem(folder, "A");
  if (!A) throw new InteropError("missing", `${folder} has no array A of minian's.`);
  const placement = await placementOf(folder, A, canvas, reading);
  const footprints = await footprintsOf(A, placement, reading);
  const units = await unitsOf(folder, "A", footprints.length);
  const C = await tracesOf(folder, "C", units, reading);
  const estimate: Estimate = {
    footprints: FootprintStack.from(footprints, placement.canvas),
    C,
    S: await tracesOf(folder, "S", units, reading),
    shifts: await shiftsOf(folder, reading),
    background_light: await backgroundOf(folder, placement, C),
  };
  const labels = components === "all" ? null : await labelsOf(folder, units);
  return labels ? mergedByLabels(estimate, labels, reading) : estimate;
}

async function tracesOf(
  folder: string,
  name: string,
  units: Float64Array,
  reading: Reading,
): Promise<Rows | null> {
  const array = await openItem(folder, name);
  if (!array) return null;
  const [unitAxis, frameAxis] = axesOf(array, ["unit_id", "frame"]);
  const problem =
    reading.frameProblem(array.shape[frameAxis]!) ?? reading.unitProblem(array.shape[unitAxis]!);
  if (problem) throw new InteropError("malformed", `${array.place} ${problem}.`);
  const { data, shape } = await ordered(array, unitAxis === 1);
  const [count, frames] = shape as [number, number];
  const rows = alignment(array.place, units, await unitsOf(folder, name, count));
  const aligned = new Float64Array(units.length * frames);
  for (const [to, from] of rows.entries()) {
    aligned.set(data.subarray(from * frames, (from + 1) * frames), to * frames);
  }
  return { shape: [units.length, frames], data: aligned };
}

async function shiftsOf(folder: string, reading: Reading): Promise<Rows | null> {
  const array = await openItem(folder, "motion");
  if (!array) return null;
  if (array.shape.length > 2) {
    reading.note(
      `${array.place} is of patches, which is no single trajectory: motion is not scored.`,
    );
    return null;
  }
  const [frameAxis, shiftAxis] = axesOf(array, ["frame", "shift_dim"]);
  if (array.shape[shiftAxis] !== 2) {
    const axes = array.shape[shiftAxis];
    throw new InteropError("malformed", `${array.place} has ${axes} axes of motion, not 2.`);
  }
  const problem = reading.frameProblem(array.shape[frameAxis]!);
  if (problem) throw new InteropError("malformed", `${array.place} ${problem}.`);
  const { data, shape } = await ordered(array, frameAxis === 1);
  return { shape, data: data.map((value) => -value + 0) };
}

/** minian's one component; null where there is none, where it is not of C's frames, or where A is a part of a larger canvas, around which nobody knows it. */
async function backgroundOf(
  folder: string,
  { canvas: { height, width } }: Placement,
  C: Rows | null,
): Promise<EstimatedBackground | null> {
  const [b, f] = [await openItem(folder, "b"), await openItem(folder, "f")];
  const isWhole = b?.shape.length === 2 && b.shape[0] === height && b.shape[1] === width;
  if (!b || !f || !isWhole || String(f.shape) !== String(C?.shape.slice(1))) return null;
  return {
    spatial: { shape: [1, height, width], data: await b.read() },
    temporal: { shape: [1, ...f.shape], data: await f.read() },
  };
}

/** Where the named dimensions of a matrix are. */
function axesOf(array: ZarrArray, dims: readonly [string, string]): readonly [number, number] {
  const given = array.dims ?? dims;
  const [first, second] = dims.map((dim) => given.indexOf(dim));
  if (array.shape.length === 2 && first! >= 0 && second! >= 0) return [first!, second!];
  throw new InteropError(
    "malformed",
    `${array.place} has dimensions (${given.join(", ")}), not (${dims.join(", ")}).`,
  );
}

/** All values of a matrix, transposed where its dimensions are the other way round. */
async function ordered(array: ZarrArray, isTurned: boolean) {
  const data = await array.read();
  if (!isTurned) return { data, shape: array.shape };
  const [columns, rows] = array.shape as [number, number];
  const transposed = new Float64Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      transposed[row * columns + column] = data[column * rows + row]!;
    }
  }
  return { data: transposed, shape: [rows, columns] };
}
