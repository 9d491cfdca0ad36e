// Pearson's correlation of traces and of fields.

/** Deviations from the mean, in units of the largest magnitude: no finite input overflows or vanishes. */
export interface Centred {
  readonly unit: number;
  readonly deviations: Float64Array;
}

/** Null for fewer than two values, a constant, NaN or an infinity: nothing correlates with these. */
export function centred(values: ArrayLike<number>): Centred | null {
  let least = Infinity;
  let most = -Infinity;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    if (!Number.isFinite(value)) return null;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (!(least < most)) return null;
  const unit = Math.max(-least, most);
  const deviations = Float64Array.from(values, (value) => value / unit);
  const mean = deviations.reduce((sum, value) => sum + value, 0) / deviations.length;
  for (let k = 0; k < deviations.length; k++) deviations[k]! -= mean;
  return { unit, deviations };
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** −1 to 1. */
export function correlationOf(a: Centred, b: Centred): number {
  const norm = Math.sqrt(dot(a.deviations, a.deviations) * dot(b.deviations, b.deviations));
  return Math.min(Math.max(dot(a.deviations, b.deviations) / norm, -1), 1);
}

/** @throws RangeError when the lengths differ. */
export function assertSameLength(
  what: string,
  estimate: ArrayLike<number>,
  truth: ArrayLike<number>,
): void {
  if (estimate.length === truth.length) return;
  throw new RangeError(
    `The estimated ${what} has ${estimate.length} values, the true one ${truth.length}.`,
  );
}

/**
 * Pearson's correlation of two traces (one value per frame), −1 to 1. Null when either has fewer than two values, is
 * constant, or holds NaN or an infinity.
 * @throws RangeError when the lengths differ.
 */
export function tracePearson(estimate: ArrayLike<number>, truth: ArrayLike<number>): number | null {
  assertSameLength("trace", estimate, truth);
  return pearson(estimate, truth);
}

/**
 * Pearson's correlation over the pixels of two fields (background, vignette …) in the same layout. Null as for
 * `tracePearson`.
 * @throws RangeError when the lengths differ.
 */
export function fieldPearson(estimate: ArrayLike<number>, truth: ArrayLike<number>): number | null {
  assertSameLength("field", estimate, truth);
  return pearson(estimate, truth);
}

function pearson(estimate: ArrayLike<number>, truth: ArrayLike<number>): number | null {
  const a = centred(estimate);
  const b = centred(truth);
  return a === null || b === null ? null : correlationOf(a, b);
}
