// Small statistics that reports are made of.
import { median } from "@minisim/kernels/statistics";

/** The middle value, or the mean of the two middle ones; nulls are left out; null of nothing. */
export function medianOf(values: Iterable<number | null>): number | null {
  const sorted = Float64Array.from([...values].filter((value) => value !== null)).sort();
  return sorted.length === 0 ? null : median(sorted);
}

/** The mean; null of nothing. */
export function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of the standard normal: P(|z| ≤ Z95) = 0.95. */
const Z95 = 1.959963984540054;

/**
 * The 95 % interval of a proportion, `hits` of `n`. Wilson's score interval: it stays within 0 and 1 and keeps its coverage
 * for small n. Null of nothing. Source: Wilson 1927, J. Am. Stat. Assoc. 22:209, doi:10.1080/01621459.1927.10502953.
 */
export function wilsonInterval(
  hits: number,
  n: number,
): readonly [low: number, high: number] | null {
  if (n === 0) return null;
  const share = hits / n;
  const z2 = Z95 * Z95;
  const middle = share + z2 / (2 * n);
  const half = Z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  // At 0 and 1 the bound is the proportion itself, which the sums miss by a rounding error.
  const low = hits === 0 ? 0 : (middle - half) / (1 + z2 / n);
  const high = hits === n ? 1 : (middle + half) / (1 + z2 / n);
  return [low, high];
}
