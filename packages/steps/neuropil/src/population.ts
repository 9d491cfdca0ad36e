// The slow envelope of what all cells do together.
import { exp } from "@minisim/kernels/math";

/**
 * Causal one-pole low-pass of the summed traces, started at its first value, scaled to mean 1:
 * P_0 = s_0, P_t = P_{t−1} + (1 − exp(−1/tau)) (s_t − P_{t−1}), s_t = Σ_i C[i, t].
 * @param summed s, the traces of all cells together, one value a frame
 * @param tau_frames time constant in frames, > 0
 * @returns one value a frame; null where the cells give no light on the whole (no cells, or a mean that is not positive)
 */
export function populationEnvelope(summed: Float64Array, tau_frames: number): Float64Array | null {
  const envelope = summed.slice();
  const n_frames = summed.length;
  const share = 1 - exp(-1 / tau_frames);
  let total = envelope[0] ?? 0;
  for (let t = 1; t < n_frames; t++) {
    const before = envelope[t - 1]!;
    envelope[t] = before + share * (envelope[t]! - before);
    total += envelope[t]!;
  }
  const mean = total / n_frames;
  if (!(mean > 0)) return null;
  for (let t = 0; t < n_frames; t++) envelope[t]! /= mean;
  return envelope;
}
