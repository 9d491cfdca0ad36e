// Contrast: which values a picture shows.
import { quantile } from "@minisim/kernels/statistics";

export type Range = readonly [low: number, high: number];

/** Sorted copy of at most `limit` finite values, evenly spaced through the data. */
function sample(data: ArrayLike<number>, limit = 1 << 18): Float64Array {
  const step = Math.max(1, Math.floor(data.length / limit));
  const values: number[] = [];
  for (let i = 0; i < data.length; i += step) {
    const value = data[i]!;
    if (Number.isFinite(value)) values.push(value);
  }
  return Float64Array.from(values).sort();
}

/** Quantiles (shares in [0, 1], interpolated) of the finite values; NaN where there are none. */
export function quantiles(data: ArrayLike<number>, shares: readonly number[]): number[] {
  const sorted = sample(data);
  return shares.map((share) => quantile(sorted, share));
}

/** The range from a low to a high quantile. It is never empty. */
export function contrastRange(data: ArrayLike<number>, low = 0.005, high = 0.998): Range {
  const [from, to] = quantiles(data, [low, high]) as [number, number];
  if (!Number.isFinite(from)) return [0, 1];
  return to > from ? [from, to] : [from, from + 1];
}
