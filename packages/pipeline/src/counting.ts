// Counts what there is in whole series, row by row and frame by frame: here, or together with other processes.
import type { FrameSeries } from "./series.ts";
import type { ShareWork } from "./share-work.ts";

/** Frames that are read at once. */
export const READ_FRAMES = 64;

/** Series of the same shape that one reading gives together, so that what they have in common is worked out once. */
export interface JointReading {
  readonly series: readonly FrameSeries[];
  /**
   * Frames [start, end) of a row, in an array for each series that holds them until the next reading. At most READ_FRAMES of them, from a multiple of
   * READ_FRAMES on; from the first frame of a row to its last.
   */
  read(row: number, start: number, end: number): readonly Float64Array[];
  /** The one number of what came before a frame that lets a reading begin there, of rows that have one: at any multiple of READ_FRAMES. */
  readonly state?: {
    at(row: number, frame: number): number;
    set(row: number, frame: number, state: number): void;
  };
}

/** Of each series: what is counted of its rows, and its sum over rows. */
export interface Counted {
  readonly totals: readonly Float64Array[];
  readonly sums: readonly Float64Array[];
}

export function inOnePass({ series, read }: JointReading): Counted {
  const { rows, frames } = series[0]!;
  const totals = series.map(() => new Float64Array(TOTALS * rows));
  const sums = series.map(() => new Float64Array(frames));
  for (let row = 0; row < rows; row++) {
    for (const one of totals) startTotals(one, TOTALS * row);
    for (let start = 0; start < frames; start += READ_FRAMES) {
      const end = Math.min(start + READ_FRAMES, frames);
      const values = read(row, start, end);
      for (let i = 0; i < values.length; i++) {
        addToTotals(totals[i]!, TOTALS * row, values[i]!, end - start);
        addToSum(sums[i]!, start, values[i]!, end - start);
      }
    }
  }
  return { totals, sums };
}

// Who changes what is in a piece raises the format of the cache that keeps them (`sharedWorks`).
/** Rows in a piece of work, and frames: of 4000 cells and a day, some seconds each. */
const PIECE_ROWS = 16;
const PIECE_FRAMES = 64 * READ_FRAMES;
/** How far apart the states are that go with a row: 100 MB for 4000 cells and a day. Whoever reads between two begins at the one before. */
const STATE_FRAMES = 8 * READ_FRAMES;

/**
 * In two passes: by rows, for what is counted of each and for its states; then by frames, since a sum over rows depends in its last digits on their
 * order, so that nobody can add some of them. The same numbers as in one pass.
 */
export function together(reading: JointReading, share: ShareWork): Counted {
  const totals = totalsOfRows(reading, share);
  return { totals, sums: sumsOfFrames(reading, share) };
}

function totalsOfRows({ series, read, state }: JointReading, share: ShareWork): Float64Array[] {
  const { rows, frames } = series[0]!;
  const n_totals = TOTALS * series.length;
  const n_states = state ? Math.ceil(frames / STATE_FRAMES) : 0;
  const length = n_totals + n_states;

  function countRow(row: number, target: Float64Array): void {
    for (let i = 0; i < series.length; i++) startTotals(target, TOTALS * i);
    for (let start = 0; start < frames; start += READ_FRAMES) {
      const end = Math.min(start + READ_FRAMES, frames);
      const values = read(row, start, end);
      for (let i = 0; i < values.length; i++) {
        addToTotals(target, TOTALS * i, values[i]!, end - start);
      }
    }
    for (let i = 0; i < n_states; i++) target[n_totals + i] = state!.at(row, i * STATE_FRAMES);
  }

  const pieces = share(Math.ceil(rows / PIECE_ROWS), (piece) => {
    const first = piece * PIECE_ROWS;
    const count = Math.min(PIECE_ROWS, rows - first);
    const counted = new Float64Array(count * length);
    for (let i = 0; i < count; i++) {
      countRow(first + i, counted.subarray(i * length, (i + 1) * length));
    }
    return counted;
  });
  const totals = series.map(() => new Float64Array(TOTALS * rows));
  for (let row = 0; row < rows; row++) {
    const at = (row % PIECE_ROWS) * length;
    const counted = pieces[Math.floor(row / PIECE_ROWS)]!.subarray(at, at + length);
    for (const [i, one] of totals.entries()) {
      one.set(counted.subarray(TOTALS * i, TOTALS * (i + 1)), TOTALS * row);
    }
    for (let i = 0; i < n_states; i++) state!.set(row, i * STATE_FRAMES, counted[n_totals + i]!);
  }
  return totals;
}

function sumsOfFrames({ series, read }: JointReading, share: ShareWork): Float64Array[] {
  const { rows, frames } = series[0]!;
  const pieces = share(Math.ceil(frames / PIECE_FRAMES), (piece) => {
    const first = piece * PIECE_FRAMES;
    const last = Math.min(first + PIECE_FRAMES, frames);
    const length = last - first;
    const summed = new Float64Array(series.length * length);
    for (let row = 0; row < rows; row++) {
      for (let start = first; start < last; start += READ_FRAMES) {
        const end = Math.min(start + READ_FRAMES, last);
        const values = read(row, start, end);
        for (let i = 0; i < values.length; i++) {
          addToSum(summed, i * length + start - first, values[i]!, end - start);
        }
      }
    }
    return summed;
  });
  const sums = series.map(() => new Float64Array(frames));
  for (const [piece, summed] of pieces.entries()) {
    const length = summed.length / series.length;
    for (const [i, one] of sums.entries()) {
      one.set(summed.subarray(i * length, (i + 1) * length), piece * PIECE_FRAMES);
    }
  }
  return sums;
}

// What is counted of a row: its smallest and largest value, the sum of its values and of their squares.
export const TOTALS = 4;

function startTotals(totals: Float64Array, at: number): void {
  totals[at] = Number.POSITIVE_INFINITY;
  totals[at + 1] = Number.NEGATIVE_INFINITY;
}

function addToTotals(totals: Float64Array, at: number, values: Float64Array, length: number): void {
  let low = totals[at]!;
  let high = totals[at + 1]!;
  let total = totals[at + 2]!;
  let squares = totals[at + 3]!;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    total += value;
    squares += value * value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  totals[at] = low;
  totals[at + 1] = high;
  totals[at + 2] = total;
  totals[at + 3] = squares;
}

function addToSum(sum: Float64Array, at: number, values: Float64Array, length: number): void {
  for (let i = 0; i < length; i++) sum[at + i]! += values[i]!;
}
