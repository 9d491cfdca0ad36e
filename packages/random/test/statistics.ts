// The few statistics these tests need.

export const mean = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export function variance(values: Float64Array): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
}

/** √n times the largest distance between the empirical and the given distribution function. */
export function kolmogorov(values: Float64Array, cdf: (value: number) => number): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((value, i) => {
    const expected = cdf(value);
    distance = Math.max(distance, (i + 1) / n - expected, expected - i / n);
  });
  return distance * Math.sqrt(n);
}

/** Φ(x) = 1/2 + φ(x)·Σ x^(2k+1)/(2k+1)!!, exact to rounding for |x| < 7. */
export function normalCdf(x: number): number {
  let term = x;
  let sum = 0;
  for (let odd = 3; Math.abs(term) > 1e-17; odd += 2) {
    sum += term;
    term *= (x * x) / odd;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Pearson's statistic; cells expected fewer than ten times are pooled into one. */
export function chiSquare(counts: Float64Array, pmf: readonly number[]) {
  const n = counts.length;
  const seen = new Map<number, number>();
  for (const value of counts) seen.set(value, (seen.get(value) ?? 0) + 1);
  let statistic = 0;
  let cells = 0;
  let pooledSeen = n;
  let pooledExpected = n;
  pmf.forEach((probability, value) => {
    const expected = n * probability;
    if (expected < 10) return;
    const observed = seen.get(value) ?? 0;
    statistic += (observed - expected) ** 2 / expected;
    cells += 1;
    pooledSeen -= observed;
    pooledExpected -= expected;
  });
  if (pooledExpected > 1) {
    statistic += (pooledSeen - pooledExpected) ** 2 / pooledExpected;
    cells += 1;
  }
  return { statistic, degrees: cells - 1 };
}
