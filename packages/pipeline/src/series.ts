// Values per row and frame that nobody holds at once: an array where it is small, a recipe where a recording is long.

export interface FrameSeries {
  readonly rows: number;
  readonly frames: number;
  /** Writes frames [start, end) of one row into target, from index `at`. The same bytes for every way of asking. */
  read(row: number, start: number, end: number, target: Float64Array, at: number): void;
  /** Row × frame, where it is an array that is read. */
  readonly data?: Float64Array;
}

/** An array, row × frame, as a series. */
export function denseSeries(data: Float64Array, frames: number): FrameSeries {
  return {
    rows: frames === 0 ? 0 : data.length / frames,
    frames,
    data,
    read(row, start, end, target, at) {
      target.set(data.subarray(row * frames + start, row * frames + end), at);
    },
  };
}

/** 32 MB of values: a thousand cells for three and a half minutes at 20 Hz. */
const MOST_HELD = 2 ** 22;

/** The same values, each row worked out once, when it is first read; a series that is too long to be held stays as it is. */
export function heldRows(series: FrameSeries): FrameSeries {
  const { rows, frames } = series;
  if (series.data || rows * frames > MOST_HELD) return series;
  const held: Float64Array[] = [];
  return {
    rows,
    frames,
    read(row, start, end, target, at) {
      held[row] ??= rowOf(series, row);
      target.set(held[row].subarray(start, end), at);
    },
  };
}

/** One row, all frames. */
export function rowOf(series: FrameSeries, row: number, target?: Float64Array): Float64Array {
  const values = target ?? new Float64Array(series.frames);
  series.read(row, 0, series.frames, values, 0);
  return values;
}

/** Rows of another series. */
export interface SelectedRows extends FrameSeries {
  readonly source: FrameSeries;
}

/** Some rows of a series, in this order. Rows that come again and again are read once. */
export function rowsOf(series: FrameSeries, rows: ArrayLike<number>): SelectedRows {
  let known = { row: -1, start: 0, end: 0 };
  let values = new Float64Array(0);
  return {
    source: series,
    rows: rows.length,
    frames: series.frames,
    read(index, start, end, target, at) {
      const row = rows[index]!;
      if (row !== known.row || start !== known.start || end !== known.end) {
        if (values.length < end - start) values = new Float64Array(end - start);
        series.read(row, start, end, values, 0);
        known = { row, start, end };
      }
      target.set(values.subarray(0, end - start), at);
    },
  };
}

/** The sum of series of one row. */
export function sumOf(a: FrameSeries, b: FrameSeries): FrameSeries {
  return {
    rows: 1,
    frames: a.frames,
    read(_, start, end, target, at) {
      a.read(0, start, end, target, at);
      const values = new Float64Array(end - start);
      b.read(0, start, end, values, 0);
      for (let i = 0; i < values.length; i++) target[at + i]! += values[i]!;
    },
  };
}

/** The whole series, row × frame. */
export function toDense(series: FrameSeries): Float64Array {
  const data = new Float64Array(series.rows * series.frames);
  for (let row = 0; row < series.rows; row++) {
    series.read(row, 0, series.frames, data, row * series.frames);
  }
  return data;
}

/** What several steps want to know of one series: found in one pass, and remembered with it. */
export interface SeriesSummary {
  /** Sum over rows, one value a frame; rows are added in ascending order. */
  readonly sum: Float64Array;
  /** Smallest and largest value of each row; ∞ and −∞ without frames. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** Mean and variance of each row; NaN without frames. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

const summaries = new WeakMap<FrameSeries, SeriesSummary>();

/** The summary of a series. Not to be changed: everyone gets the same. */
export function summaryOf(series: FrameSeries): SeriesSummary {
  const known = summaries.get(series);
  if (known) return known;
  const row = new Float64Array(series.frames);
  const summary = new Summarizer(series);
  for (let i = 0; i < series.rows; i++) {
    series.read(i, 0, series.frames, row, 0);
    summary.note(i, 0, row, series.frames);
  }
  return summary.remember();
}

/** Makes the summary of a series out of values that are read for another reason, so that nobody has to read them again. */
export class Summarizer {
  readonly #series: FrameSeries;
  readonly #sum: Float64Array;
  readonly #lowest: Float64Array;
  readonly #highest: Float64Array;
  readonly #total: Float64Array;
  readonly #squares: Float64Array;

  constructor(series: FrameSeries) {
    this.#series = series;
    this.#sum = new Float64Array(series.frames);
    this.#lowest = new Float64Array(series.rows).fill(Number.POSITIVE_INFINITY);
    this.#highest = new Float64Array(series.rows).fill(Number.NEGATIVE_INFINITY);
    this.#total = new Float64Array(series.rows);
    this.#squares = new Float64Array(series.rows);
  }

  /** The first `length` of `values` are those of a row from frame `start` on. All rows, in ascending order, once. */
  note(row: number, start: number, values: Float64Array, length: number): void {
    const sum = this.#sum;
    let low = this.#lowest[row]!;
    let high = this.#highest[row]!;
    let total = this.#total[row]!;
    let squares = this.#squares[row]!;
    for (let i = 0; i < length; i++) {
      const value = values[i]!;
      sum[start + i]! += value;
      total += value;
      squares += value * value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    this.#lowest[row] = low;
    this.#highest[row] = high;
    this.#total[row] = total;
    this.#squares[row] = squares;
  }

  /** Once all is noted: from now on the summary of the series. */
  remember(): SeriesSummary {
    const { frames } = this.#series;
    const mean = this.#total.map((total) => total / frames);
    const summary = {
      sum: this.#sum,
      lowest: this.#lowest,
      highest: this.#highest,
      mean,
      // The difference of two rounded numbers may fall below 0 for a trace that does not vary.
      variance: this.#squares.map((squares, row) =>
        Math.max(0, squares / frames - mean[row]! * mean[row]!),
      ),
    };
    summaries.set(this.#series, summary);
    return summary;
  }
}
