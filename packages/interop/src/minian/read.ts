// Reads minian's results: A, C, S and motion, in either layout, of either Zarr format.
import { FootprintStack } from "@minisim/footprint";
import type { Estimate, Rows } from "@minisim/metrics";
import { InteropError } from "../error.ts";
import type { ZarrArray } from "../zarr2/array.ts";
import { alignment, placementOf, unitsOf } from "./coordinates.ts";
import { openItem } from "./detect.ts";
import { footprintsOf } from "./footprints.ts";

export interface MinianOptions {
  /** (height, width) of the movie, when minian saw only a part of it; by default what A covers. */
  readonly canvas?: readonly [height: number, width: number] | null;
}

/**
 * Minian's results. Footprints lie where the coordinates `height` and `width` say; traces are put in A's order of units.
 * Shifts are −motion, for minian keeps the correction; motion of a grid of patches (non-rigid) is not read.
 * @throws InteropError "missing" without A, "malformed".
 */
export async function readMinian(
  folder: string,
  { canvas = null }: MinianOptions = {},
): Promise<Estimate> {
  const A = await openItem(folder, "A");
  if (!A) throw new InteropError("missing", `${folder} has no array A of minian's.`);
  const placement = await placementOf(folder, A, canvas);
  const footprints = await footprintsOf(A, placement);
  const units = await unitsOf(folder, "A", footprints.length);
  return {
    footprints: FootprintStack.from(footprints, placement.canvas),
    C: await tracesOf(folder, "C", units),
    S: await tracesOf(folder, "S", units),
    shifts: await shiftsOf(folder),
  };
}

async function tracesOf(folder: string, name: string, units: Float64Array): Promise<Rows | null> {
  const array = await openItem(folder, name);
  if (!array) return null;
  const { data, shape } = await ordered(array, ["unit_id", "frame"]);
  const [count, frames] = shape as [number, number];
  const rows = alignment(array.place, units, await unitsOf(folder, name, count));
  const aligned = new Float64Array(units.length * frames);
  for (const [to, from] of rows.entries()) {
    aligned.set(data.subarray(from * frames, (from + 1) * frames), to * frames);
  }
  return { shape: [units.length, frames], data: aligned };
}

async function shiftsOf(folder: string): Promise<Rows | null> {
  const array = await openItem(folder, "motion");
  if (!array || array.shape.length > 2) return null;
  const { data, shape } = await ordered(array, ["frame", "shift_dim"]);
  if (shape[1] !== 2) {
    throw new InteropError("malformed", `${array.place} has ${shape[1]} axes of motion, not 2.`);
  }
  return { shape, data: data.map((value) => -value + 0) };
}

/** All values of a matrix, transposed where its dimensions are named the other way round. */
async function ordered(
  array: ZarrArray,
  dims: readonly [string, string],
): Promise<{ data: Float64Array; shape: readonly number[] }> {
  const given = array.dims ?? dims;
  const turned = given[0] === dims[1] && given[1] === dims[0];
  if (array.shape.length !== 2 || !(turned || (given[0] === dims[0] && given[1] === dims[1]))) {
    throw new InteropError(
      "malformed",
      `${array.place} has dimensions (${given.join(", ")}), not (${dims.join(", ")}).`,
    );
  }
  const data = await array.read();
  if (!turned) return { data, shape: array.shape };
  const [columns, rows] = array.shape as [number, number];
  const transposed = new Float64Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      transposed[row * columns + column] = data[column * rows + row]!;
    }
  }
  return { data: transposed, shape: [rows, columns] };
}
