// Correlation of spike counts in bins of time: coarser bins forgive what is uncertain in time.
import { assertSameLength, tracePearson } from "./correlation.ts";

/**
 * Pearson's correlation of an estimated activity with spikes per frame, both summed over bins of `width` frames; frames that fill no bin are left out.
 * Null as for `tracePearson`. Bins as in Theis et al. 2016 (doi:10.1016/j.neuron.2016.04.014) and Berens et al. 2018
 * (doi:10.1371/journal.pcbi.1006157).
 * @throws RangeError when the lengths differ.
 */
export function countCorrelation(
  estimate: ArrayLike<number>,
  truth: ArrayLike<number>,
  width: number,
): number | null {
  assertSameLength("activity", estimate, truth);
  return tracePearson(binned(estimate, width), binned(truth, width));
}

function binned(values: ArrayLike<number>, width: number): Float64Array {
  const sums = new Float64Array(Math.floor(values.length / width));
  for (let k = 0; k < sums.length * width; k++) sums[Math.floor(k / width)]! += values[k]!;
  return sums;
}
