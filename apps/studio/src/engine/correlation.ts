// Pearson correlation of traces, and the mean over pairs of them.

/** 0 where one of the two does not vary. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const [x, y] = [standard(a), standard(b)];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/**
 * Mean over all pairs i < j of n traces: with unit vectors u, (|Σ u|² − n) / (n (n − 1)). Traces that do not vary are left out.
 */
export function meanPairwise(traces: readonly Float64Array[]): number {
  const vectors = traces.map(standard).filter((one) => one.some((value) => value !== 0));
  const n = vectors.length;
  if (n < 2) return 0;
  const sum = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!;
  const square = sum.reduce((total, value) => total + value * value, 0);
  return (square - n) / (n * (n - 1));
}

/** Mean 0, length 1; zeros for a trace that does not vary. */
function standard(trace: Float64Array): Float64Array {
  const mean = trace.reduce((sum, value) => sum + value, 0) / trace.length;
  const centred = trace.map((value) => value - mean);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return length > 1e-12 ? centred.map((value) => value / length) : new Float64Array(trace.length);
}
