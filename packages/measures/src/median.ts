// Medians and percentiles as NumPy defines them.
import { quantile } from "@minisim/kernels/statistics";

/** The k-th smallest of the first `length` values, from 0. Reorders them (Hoare's selection): all before k are no larger. */
function select(values: Float64Array, k: number, length: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k]!;
}

/** The median of the first `length` values, which it reorders: the middle one, or the mean of the two middle ones. */
export function medianInPlace(values: Float64Array, length = values.length): number {
  if (length === 0) return Number.NaN;
  const middle = length >> 1;
  const upper = select(values, middle, length);
  if (length % 2 === 1) return upper;
  let lower = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < middle; i++) if (values[i]! > lower) lower = values[i]!;
  return (lower + upper) / 2;
}

/** Percentiles by name, and how many values they are of: `{ "50": 0.94, n: 1000 }`. */
export type Quantiles = { readonly n: number } & { readonly [percent: string]: number };

export const PERCENTS = [1, 5, 25, 50, 75, 95, 99] as const;

/** Percentiles of the finite values. Only `n` where there are none. */
export function quantilesOf(
  values: ArrayLike<number>,
  percents: readonly number[] = PERCENTS,
): Quantiles {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const { length: n } = sorted;
  const shown = n === 0 ? [] : percents;
  return {
    ...Object.fromEntries(shown.map((percent) => [percent, quantile(sorted, percent / 100)])),
    n,
  };
}
