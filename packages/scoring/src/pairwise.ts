// Correlations between different cells: as they are in the estimate, and as they are in truth. Light that leaks from cell to cell inflates them.
import { quantile } from "@minisim/kernels/statistics";
import { centred, dot, tracePearson } from "./metrics/correlation.ts";
import { ranksOf } from "./metrics/ranks.ts";
import type { EstimatePair } from "./pair-rows.ts";
import type { ScoreInput } from "./score-options.ts";
import { meanOf } from "./statistics.ts";
import { rowOf } from "./trace-scores.ts";

/** Quantiles of the correlations at 5, 25, 50, 75 and 95 %. */
export type Spread = readonly [p5: number, p25: number, p50: number, p75: number, p95: number];

/** Over all pairs of two matched cells that have traces; null where there are fewer than two pairs. */
export interface PairwiseCorrelation {
  readonly n_cells: number;
  readonly n_pairs: number;
  /** Between the clean calcium of the two cells. */
  readonly true_spread: Spread | null;
  /** Between their estimated C. */
  readonly estimated_spread: Spread | null;
  /** The mean of estimated − true correlations: above 0 where cells share what is not theirs, such as background. */
  readonly bias: number | null;
  /** Pearson's and Spearman's correlation of the estimated with the true ones: whether who goes with whom is kept. */
  readonly corr: number | null;
  readonly rank_corr: number | null;
}

/** All pairs of more cells take long and tell no more: at most these, evenly over the matched ones. */
const MOST_CELLS = 300;

export function pairwiseCorrelation(
  { C, truth }: ScoreInput,
  pairs: readonly EstimatePair[],
): PairwiseCorrelation {
  const matched = C === null ? [] : evenly(pairs.filter(({ status }) => status === "matched"));
  const traces = matched.flatMap(({ estimate, cell }) => {
    const found = unitVector(rowOf(C!, estimate));
    const real = unitVector(truth.field("C").rows(cell!, cell! + 1));
    return found && real ? [{ found, real }] : [];
  });
  const found = correlations(traces.map((one) => one.found));
  const real = correlations(traces.map((one) => one.real));
  return {
    n_cells: traces.length,
    n_pairs: found.length,
    true_spread: spreadOf(real),
    estimated_spread: spreadOf(found),
    bias: meanOf(Array.from(found, (value, k) => value - real[k]!)),
    corr: tracePearson(found, real),
    rank_corr: tracePearson(ranksOf(found), ranksOf(real)),
  };
}

function evenly<T>(list: readonly T[]): readonly T[] {
  if (list.length <= MOST_CELLS) return list;
  return Array.from(
    { length: MOST_CELLS },
    (_, k) => list[Math.floor((k * list.length) / MOST_CELLS)]!,
  );
}

/** A trace less its mean, of length 1: the product of two is their correlation. Null as for `centred`. */
function unitVector(trace: ArrayLike<number>): Float64Array | null {
  const deviations = centred(trace)?.deviations;
  if (!deviations) return null;
  const length = Math.sqrt(dot(deviations, deviations));
  return deviations.map((value) => value / length);
}

/** Of every two traces. */
function correlations(units: readonly Float64Array[]): Float64Array {
  const count = units.length;
  const values = new Float64Array((count * (count - 1)) / 2);
  let next = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) values[next++] = dot(units[i]!, units[j]!);
  }
  return values;
}

function spreadOf(values: Float64Array): Spread | null {
  if (values.length === 0) return null;
  const sorted = values.slice().sort();
  const at = (share: number) => quantile(sorted, share);
  return [at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)];
}
