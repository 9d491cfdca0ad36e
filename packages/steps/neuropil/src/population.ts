// The slow envelope of what all cells do together.
import { exp } from "@minisim/kernels/math";

/**
 * Causal one-pole low-pass of the summed traces, started at its first value, then standardized to mean 0 and standard deviation 1:
 * P_0 = s_0, P_t = P_{t−1} + (1 − exp(−1/tau)) (s_t − P_{t−1}), s_t = Σ_i C[i, t].
 * @param summed s, the traces of all cells together, one value a frame
 * @param tau_frames time constant in frames, > 0
 * @returns one value a frame; null where it does not vary
 */
export function populationEnvelope(summed: Float64Array, tau_frames: number): Float64Array | null {
  const envelope = summed.slice();
  const share = 1 - exp(-1 / tau_frames);
  for (let t = 1; t < envelope.length; t++) {
    const before = envelope[t - 1]!;
    envelope[t] = before + share * (envelope[t]! - before);
  }
  return standardized(envelope);
}

function standardized(values: Float64Array): Float64Array | null {
  const mean = meanOf(values);
  const centred = values.map((value) => value - mean);
  const sd = Math.sqrt(meanOf(centred.map((value) => value * value)));
  // What is constant but for rounding has no shape to follow.
  return sd > 1e-9 * Math.abs(mean) ? centred.map((value) => value / sd) : null;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
