// How much series of cells have in common.
import { type Quantiles, quantilesOf } from "../median.ts";

/** Of more cells, this many evenly spaced ones: 180 000 pairs. */
const MOST_SERIES = 600;

/** Pearson correlations over all pairs of those series that vary. `row` makes one series after the other. */
export function pairCorrelation(
  count: number,
  length: number,
  row: (index: number) => ArrayLike<number>,
): Quantiles {
  const taken = Math.min(count, MOST_SERIES);
  const standard: Float64Array[] = [];
  for (let k = 0; k < taken; k++) {
    const series = Float64Array.from(row(Math.floor((k * count) / taken)));
    const mean = series.reduce((a, b) => a + b, 0) / length;
    const squares = series.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    // Equal values leave rounding.
    if (squares <= 1e-24 * length * mean * mean) continue;
    const scale = 1 / Math.sqrt(squares);
    standard.push(series.map((value) => (value - mean) * scale));
  }
  const correlations = standard.flatMap((a, i) => standard.slice(i + 1).map((b) => product(a, b)));
  return quantilesOf(correlations);
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}
