// What several seeds measure, beside the range of a reference.
import type { Reference } from "@minisim/measures";
import type { Observed } from "./observe.ts";

export type Verdict = "in" | "near" | "out";

export interface Row {
  readonly measure: string;
  readonly reference: { readonly low: number; readonly high: number };
  readonly ours: { readonly mean: number; readonly low: number; readonly high: number };
  readonly verdict: Verdict;
}

/**
 * A reference is one recording, rarely two. Where two of one kind are known, they differ by more than this: noise over level by 1.6, power
 * above 1 Hz by 1.3, counts an electron by 2.7.
 */
export const NEAR = 1.5;

/** Shares and correlations end at 1, so that what they leave of 1 has to be near as well. */
const BOUNDED =
  /^(truth\.light\.variance_shares\.|variance_shares\.(background|noise|local|ring_r2)|(raw|filtered)_local_correlation\.|mean_frame\.power\.)/;

export function summarize(
  references: readonly Reference[],
  seeds: readonly Observed[],
): readonly Row[] {
  const names = [...new Set(references.map(({ measure }) => measure))];
  return names.flatMap((measure) => {
    const reference = rangeOf(
      references.filter((one) => one.measure === measure).map(({ value }) => value),
    );
    const values = seeds.flatMap((one) => one[measure] ?? []);
    if (values.length === 0) return [];
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const ours = { mean, ...rangeOf(values) };
    return [{ measure, reference, ours, verdict: verdictOf(measure, reference, ours) }];
  });
}

/** "in": the two ranges meet. "near": our mean is within a factor of NEAR of the reference's range. */
export function verdictOf(
  measure: string,
  reference: Row["reference"],
  ours: Row["ours"],
): Verdict {
  if (ours.low <= reference.high && ours.high >= reference.low) return "in";
  const isNear =
    factor(ours.mean, reference) <= NEAR &&
    (!BOUNDED.test(measure) ||
      factor(1 - ours.mean, { low: 1 - reference.high, high: 1 - reference.low }) <= NEAR);
  return isNear ? "near" : "out";
}

function factor(value: number, { low, high }: Row["reference"]): number {
  if (value <= 0) return Number.POSITIVE_INFINITY;
  return Math.max(1, low / value, value / high);
}

function rangeOf(values: readonly number[]): { low: number; high: number } {
  return { low: Math.min(...values), high: Math.max(...values) };
}
