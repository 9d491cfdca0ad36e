// Numbers of cells out of columns and arrays, as the lists that a spec takes.
import { InteropError } from "../error.ts";

export interface Matrix {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: ArrayLike<number | bigint>;
}

/** A list of numbers for each cell. */
export type CellLists = readonly (readonly number[])[];

/** What is read of one file at most: more than any spec takes. */
const MOST_NUMBERS = 2 ** 24;
const MOST_CELLS = 1_000_000;

/** Events as pairs: the cell, counted from 0, and the time. @throws InteropError "malformed", its sentence beginning with `place`. */
export function listsOfPairs(
  cells: ArrayLike<number | bigint>,
  times: ArrayLike<number | bigint>,
  place: string,
): CellLists {
  if (cells.length !== times.length) {
    throw bad(place, `has ${cells.length} cells and ${times.length} times, not as many`);
  }
  const lists: number[][] = [];
  for (let i = 0; i < cells.length; i++) {
    const cell = Number(cells[i]!);
    if (!Number.isInteger(cell) || cell < 0 || cell >= MOST_CELLS) {
      throw bad(place, `has the cell ${cell}; cells are counted from 0`);
    }
    while (lists.length <= cell) lists.push([]);
    lists[cell]!.push(finite(Number(times[i]!), place));
  }
  return lists;
}

/** Events one cell after the other, and where each cell's end: NWB's ragged columns. @throws InteropError "malformed". */
export function listsOfEnds(
  times: ArrayLike<number | bigint>,
  ends: ArrayLike<number | bigint>,
  place: string,
): CellLists {
  let start = 0;
  const lists = Array.from(ends, (value) => {
    const end = Number(value);
    if (!Number.isInteger(end) || end < start || end > times.length) {
      throw bad(place, `ends a cell at ${end}, which is not between ${start} and ${times.length}`);
    }
    const list = Array.from({ length: end - start }, (_, i) =>
      finite(Number(times[start + i]!), place),
    );
    start = end;
    return list;
  });
  if (start === times.length) return lists;
  throw bad(place, `has ${times.length} times, of which ${times.length - start} belong to no cell`);
}

/** Traces as a matrix, cell × frame. @throws InteropError "malformed". */
export function listsOfRows({ shape, data }: Matrix, place: string): CellLists {
  const [cells, frames] = shape;
  if (shape.length !== 2 || cells === undefined || frames === undefined) {
    throw bad(place, `is an array of ${shape.length} dimensions, where cell × frame is needed`);
  }
  checkSize(data.length, place);
  return Array.from({ length: cells }, (_, cell) =>
    Array.from({ length: frames }, (_, frame) =>
      finite(Number(data[cell * frames + frame]!), place),
    ),
  );
}

/** @throws InteropError "malformed" for what is no list of lists of numbers. */
export function listsOfJson(value: unknown, place: string): CellLists {
  const isLists =
    Array.isArray(value) &&
    value.every((list) => Array.isArray(list) && list.every((one) => Number.isFinite(one)));
  if (isLists) return value;
  throw bad(place, "is not a list of numbers for each cell: [[0.5, 1.25], [], …]");
}

export function checkSize(numbers: number, place: string): void {
  if (numbers > MOST_NUMBERS) throw bad(place, `has ${numbers} numbers, more than are read`);
}

export const bad = (place: string, problem: string): InteropError =>
  new InteropError("malformed", `${place} ${problem}.`);

function finite(value: number, place: string): number {
  if (Number.isFinite(value)) return value;
  throw bad(place, `has the value ${value}`);
}
