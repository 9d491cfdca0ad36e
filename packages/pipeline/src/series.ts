// Values per row and frame that nobody holds at once: an array where it is small, a recipe where a recording is long.

export interface FrameSeries {
  readonly rows: number;
  readonly frames: number;
  /** Writes frames [start, end) of one row into target, from index `at`. The same bytes for every way of asking. */
  read(row: number, start: number, end: number, target: Float64Array, at: number): void;
  /** Row × frame, where it is an array that is read. */
  readonly data?: Float64Array;
  /** Smallest and largest value of a row, where they are known without reading it; not asked where there are no frames. */
  extremes?(row: number): readonly [lowest: number, highest: number];
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
