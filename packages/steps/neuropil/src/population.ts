// The slow envelope of what all cells do together, and how much fluorophore they have left.
import { exp } from "@minisim/kernels/math";

/**
 * Causal one-pole low-pass of the summed traces, started at its first value, scaled to mean 1:
 * P_0 = s_0, P_t = P_{t−1} + (1 − exp(−1/tau)) (s_t − P_{t−1}), s_t = Σ_i C[i, t].
 * @param C traces, cell × frame row-major
 * @param tau_frames time constant in frames, > 0
 * @returns one value a frame; null where the cells give no light on the whole (no cells, or a mean that is not positive)
 */
export function populationEnvelope(
  C: Float64Array,
  n_frames: number,
  tau_frames: number,
): Float64Array | null {
  const envelope = sumOverCells(C, n_frames);
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

/**
 * The mean over cells per frame.
 * @param values cell × frame row-major, at least one cell
 */
export function meanOverCells(values: Float64Array, n_frames: number): Float64Array {
  const mean = sumOverCells(values, n_frames);
  const count = values.length / n_frames;
  for (let t = 0; t < n_frames; t++) mean[t]! /= count;
  return mean;
}

function sumOverCells(values: Float64Array, n_frames: number): Float64Array {
  const sum = new Float64Array(n_frames);
  for (let start = 0; start < values.length; start += n_frames) {
    for (let t = 0; t < n_frames; t++) sum[t]! += values[start + t]!;
  }
  return sum;
}
