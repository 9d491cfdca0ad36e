// How much of a cell's true activity its estimate explains.
import { assertSameLength, centred, correlationOf, dot } from "./correlation.ts";

export interface ActivitySimilarity {
  /** Pearson's, −1 to 1; null when either is constant, shorter than two values, or not finite throughout. */
  readonly correlation: number | null;
  /** a ≥ 0 of the best fit truth ≈ a · estimate + b: true units per estimated unit. 0 without a correlation. */
  readonly scale: number;
  /** 0 to 1: the share of the truth's variance that this fit explains. 0 without a correlation. */
  readonly varianceExplained: number;
}

/**
 * Compares an estimated activity with the true one, whatever the estimate's unit and offset. Activity that runs
 * against the truth explains nothing: its scale is 0, not negative.
 * @throws RangeError when the lengths differ.
 */
export function activitySimilarity(
  estimate: ArrayLike<number>,
  truth: ArrayLike<number>,
): ActivitySimilarity {
  assertSameLength("activity", estimate, truth);
  const a = centred(estimate);
  const b = centred(truth);
  if (a === null || b === null) return { correlation: null, scale: 0, varianceExplained: 0 };
  const correlation = correlationOf(a, b);
  if (correlation <= 0) return { correlation, scale: 0, varianceExplained: 0 };
  const slope = dot(a.deviations, b.deviations) / dot(a.deviations, a.deviations);
  return {
    correlation,
    scale: slope * (b.unit / a.unit),
    varianceExplained: correlation * correlation,
  };
}
