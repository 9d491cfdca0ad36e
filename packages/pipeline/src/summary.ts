// What several steps want to know of a whole series: found in one pass, or by several processes together, and remembered with the series.
import {
  type Counted,
  inOnePass,
  type JointReading,
  READ_FRAMES,
  TOTALS,
  together,
} from "./counting.ts";
import type { FrameSeries } from "./series.ts";
import type { ShareWork } from "./share-work.ts";

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

/** The summary of a series. Not to be changed: everyone gets the same. @param share where others want it too */
export function summaryOf(series: FrameSeries, share: ShareWork | null = null): SeriesSummary {
  if (!summaries.has(series)) summarize(alone(series), share);
  return summaries.get(series)!;
}

function alone(series: FrameSeries): JointReading {
  const values = new Float64Array(READ_FRAMES);
  const one = [values];
  return {
    series: [series],
    read(row, start, end) {
      series.read(row, start, end, values, 0);
      return one;
    },
  };
}

/** Makes the summaries of series that are read together: from now on `summaryOf` has them. */
export function summarize(reading: JointReading, share: ShareWork | null): void {
  const { totals, sums }: Counted = share ? together(reading, share) : inOnePass(reading);
  for (const [i, series] of reading.series.entries()) {
    summaries.set(series, summaryFrom(totals[i]!, sums[i]!));
  }
}

function summaryFrom(totals: Float64Array, sum: Float64Array): SeriesSummary {
  const rows = totals.length / TOTALS;
  const frames = sum.length;
  const column = (which: number) =>
    Float64Array.from({ length: rows }, (_, row) => totals[TOTALS * row + which]!);
  const mean = column(2).map((total) => total / frames);
  return {
    sum,
    lowest: column(0),
    highest: column(1),
    mean,
    // The difference of two rounded numbers may fall below 0 for a trace that does not vary.
    variance: column(3).map((squares, row) =>
      Math.max(0, squares / frames - mean[row]! * mean[row]!),
    ),
  };
}
