// Events and traces in NumPy's arrays, one or several by name.
import type { NpyArray } from "../npy/array.ts";
import { bad, type CellLists, checkSize, listsOfEnds, listsOfPairs, listsOfRows } from "./lists.ts";

const CELLS = ["cell", "unit", "neuron", "cells", "units", "ids", "spike_ids", "i"];
const TIMES = ["time_s", "spike_times_s", "spike_times", "times", "time", "t"];
const ENDS = ["spike_times_index", "ends"];
const STARTS = ["offsets", "spike_offsets"];

/** The arrays of an .npz. */
export interface NamedArrays {
  readonly names: readonly string[];
  array(name: string): NpyArray | Promise<NpyArray>;
}

/** A column of times in seconds beside one of cells (Brian's `t` and `i`), or beside where each cell's end; or one array of pairs. */
export async function eventsOfArrays(
  arrays: NamedArrays,
  path: string,
  dataset: string | undefined,
): Promise<CellLists> {
  const { names } = arrays;
  if (dataset !== undefined) return pairsOf(await arrayOf(arrays, dataset, path), path);
  const column = async (known: readonly string[]) => {
    const name = known.find((one) => names.includes(one));
    if (name === undefined) return undefined;
    const { data } = await arrays.array(name);
    checkSize(data.length, path);
    return data;
  };
  const times = await column(TIMES);
  if (times === undefined) {
    const [only, ...others] = names;
    if (only !== undefined && others.length === 0) return pairsOf(await arrays.array(only), path);
    throw bad(path, `has no array ${TIMES.join(", ")}${listed(arrays)}`);
  }
  const cells = await column(CELLS);
  if (cells) return listsOfPairs(cells, times, path);
  const ends = (await column(ENDS)) ?? (await column(STARTS))?.slice(1);
  if (ends) return listsOfEnds(times, ends, path);
  throw bad(path, `has times, but no array ${[...CELLS, ...ENDS].join(", ")}${listed(arrays)}`);
}

/** Cell × frame. */
export async function tracesOfArrays(
  arrays: NamedArrays,
  path: string,
  dataset: string | undefined,
): Promise<CellLists> {
  const [only, ...others] = arrays.names;
  const name = dataset ?? (arrays.names.includes("dff") ? "dff" : only);
  if (name === undefined || (dataset === undefined && name !== "dff" && others.length > 0)) {
    throw bad(path, `has several arrays; say which with dataset${listed(arrays)}`);
  }
  return listsOfRows(await arrayOf(arrays, name, path), path);
}

/** Event × (cell, time in seconds). */
export function pairsOf({ shape, data }: NpyArray, path: string): CellLists {
  if (shape.length !== 2 || shape[1] !== 2) {
    throw bad(path, `is ${shape.join(" × ")}, where events × 2 (cell, time in seconds) is needed`);
  }
  checkSize(data.length, path);
  const column = (at: number) =>
    Array.from({ length: shape[0]! }, (_, row) => Number(data[2 * row + at]!));
  return listsOfPairs(column(0), column(1), path);
}

async function arrayOf(arrays: NamedArrays, name: string, path: string): Promise<NpyArray> {
  if (arrays.names.includes(name)) return arrays.array(name);
  throw bad(path, `has no array ${name}${listed(arrays)}`);
}

const listed = ({ names }: NamedArrays): string =>
  names.length === 0 ? "" : ` (it has ${names.join(", ")})`;
