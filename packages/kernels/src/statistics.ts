// @minisim/kernels/statistics: order statistics of numbers that are sorted already. It loads nothing else.

/**
 * The value below which a share of the numbers lies, with linear interpolation between order statistics (position share · (n − 1)).
 * @param sorted rising, without NaN
 * @param share 0 to 1
 * @returns NaN where there are no numbers
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (position - below) * (high - low);
}

/**
 * The number below which a share of the numbers lies, one of them: nothing is interpolated, and of two in the middle it is the upper one.
 * @param sorted rising, without NaN
 * @param share 0 to 1
 * @returns NaN where there are no numbers
 */
export function orderStatistic(sorted: ArrayLike<number>, share: number): number {
  const { length } = sorted;
  return length === 0 ? Number.NaN : sorted[Math.min(length - 1, Math.floor(share * length))]!;
}

/**
 * The middle number, or the mean of the two middle ones.
 * @param sorted rising, without NaN
 * @returns NaN where there are no numbers
 */
export function median(sorted: ArrayLike<number>): number {
  const { length } = sorted;
  if (length === 0) return Number.NaN;
  const upper = length >> 1;
  return length % 2 === 1 ? sorted[upper]! : (sorted[upper - 1]! + sorted[upper]!) / 2;
}

/**
 * Where the first number that is at least `value` stands; the length where none is.
 * @param sorted rising, without NaN
 */
export function firstAtOrAfter(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
