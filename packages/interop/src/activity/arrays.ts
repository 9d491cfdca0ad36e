// Events and traces in NumPy's files.
import type { NpyArray } from "../npy/array.ts";
import { readNpy } from "../npy/array.ts";
import { type Members, withMembers } from "../npz/members.ts";
import { bad, type CellLists, checkSize, listsOfEnds, listsOfPairs, listsOfRows } from "./lists.ts";

const CELLS = ["cell", "unit", "neuron", "cells", "units", "ids", "spike_ids", "i"];
const TIMES = ["time_s", "spike_times_s", "spike_times", "times", "time", "t"];
const ENDS = ["spike_times_index", "ends"];
const STARTS = ["offsets", "spike_offsets"];

/** Event × (cell, time in seconds). */
export async function eventsOfNpy(path: string): Promise<CellLists> {
  return pairsOf(await readNpy(path), path);
}

/** A column of times in seconds beside one of cells (Brian's `t` and `i`), or beside where each cell's end; or one array of pairs. */
export function eventsOfNpz(path: string, dataset: string | undefined): Promise<CellLists> {
  return withMembers(path, async (members) => {
    if (dataset !== undefined) return pairsOf(await arrayOf(members, dataset, path), path);
    const column = async (names: readonly string[]) => {
      const name = names.find((one) => members.names.includes(one));
      if (name === undefined) return undefined;
      const { data } = await members.array(name);
      checkSize(data.length, path);
      return data;
    };
    const times = await column(TIMES);
    if (times === undefined) {
      const [only, ...others] = members.names;
      if (only !== undefined && others.length === 0)
        return pairsOf(await members.array(only), path);
      throw bad(path, `has no array ${TIMES.join(", ")}${listed(members)}`);
    }
    const cells = await column(CELLS);
    if (cells) return listsOfPairs(cells, times, path);
    const ends = (await column(ENDS)) ?? (await column(STARTS))?.slice(1);
    if (ends) return listsOfEnds(times, ends, path);
    throw bad(path, `has times, but no array ${[...CELLS, ...ENDS].join(", ")}${listed(members)}`);
  });
}

/** Cell × frame. */
export async function tracesOfNpy(path: string): Promise<CellLists> {
  return listsOfRows(await readNpy(path), path);
}

export function tracesOfNpz(path: string, dataset: string | undefined): Promise<CellLists> {
  return withMembers(path, async (members) => {
    const [only, ...others] = members.names;
    const name = dataset ?? (members.names.includes("dff") ? "dff" : only);
    if (name === undefined || (dataset === undefined && name !== "dff" && others.length > 0)) {
      throw bad(path, `has several arrays; say which with dataset${listed(members)}`);
    }
    return listsOfRows(await arrayOf(members, name, path), path);
  });
}

async function arrayOf(members: Members, name: string, path: string): Promise<NpyArray> {
  if (members.names.includes(name)) return members.array(name);
  throw bad(path, `has no array ${name}${listed(members)}`);
}

function pairsOf({ shape, data }: NpyArray, path: string): CellLists {
  if (shape.length !== 2 || shape[1] !== 2) {
    throw bad(path, `is ${shape.join(" × ")}, where events × 2 (cell, time in seconds) is needed`);
  }
  checkSize(data.length, path);
  const column = (at: number) =>
    Array.from({ length: shape[0]! }, (_, row) => Number(data[2 * row + at]!));
  return listsOfPairs(column(0), column(1), path);
}

const listed = ({ names }: Members): string =>
  names.length === 0 ? "" : ` (it has ${names.join(", ")})`;
