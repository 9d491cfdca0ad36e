// How bright each true cell is: the standard deviation of what it emits, for it is what varies that pipelines find.
import type { GroundTruth } from "@minisim/recording";

/** One for each cell, in the unit of C. */
export function brightnessOf(truth: GroundTruth): Float64Array {
  const field = truth.field("C");
  return Float64Array.from({ length: truth.n_units }, (_, cell) => {
    const trace = field.rows(cell, cell + 1);
    return deviation(trace);
  });
}

function deviation(values: ArrayLike<number>): number {
  const { length } = values;
  let [sum, squares] = [0, 0];
  for (let t = 0; t < length; t++) sum += values[t]!;
  for (let t = 0; t < length; t++) squares += (values[t]! - sum / length) ** 2;
  return length === 0 ? 0 : Math.sqrt(squares / length);
}
