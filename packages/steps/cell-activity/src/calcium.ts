// Calcium per frame from spikes in fine bins, in time linear in frames + spikes.
import { exp } from "@minisim/kernels/math";
import { type KernelTaus, kernelPeak } from "./timing.ts";

export interface FineBins {
  readonly bins_per_frame: number;
  /** Width of a bin. */
  readonly bin_s: number;
}

/** Calcium of one train: spike bins (ascending, from the start of frame 0) → mean over each frame's bins, into `out`. */
export type CalciumFilter = (spike_bins: ArrayLike<number>, out: Float64Array) => void;

/**
 * A filter for the transient k(t) = (exp(−t/τd) − exp(−t/τr)) / peak, whose continuous peak is 1. A spike in bin s adds
 * k((j − s)·bin_s) to every bin j ≥ s (0 in its own); a frame is the mean of its bins, as an exposure is.
 */
export function calciumFilter(taus: KernelTaus, bins: FineBins): CalciumFilter {
  const decay = onePole(taus.tau_decay_s, bins);
  const rise = onePole(taus.tau_rise_s, bins);
  const scale = 1 / kernelPeak(taus).height;

  return (spike_bins, out) => {
    const b = bins.bins_per_frame;
    let slow = 0;
    let fast = 0;
    let next = 0;
    for (let frame = 0; frame < out.length; frame++) {
      let mean = slow * decay.mean - fast * rise.mean;
      slow *= decay.frame;
      fast *= rise.frame;
      const end = (frame + 1) * b;
      for (; next < spike_bins.length && spike_bins[next]! < end; next++) {
        const left = end - spike_bins[next]!;
        mean += decay.spikeMean[left]! - rise.spikeMean[left]!;
        slow += decay.power[left]!;
        fast += rise.power[left]!;
      }
      out[frame] = mean * scale;
    }
  };
}

/** What an exponential with decay q = exp(−bin_s/τ) a bin does over a frame of b bins. */
function onePole(tau_s: number, { bins_per_frame: b, bin_s }: FineBins) {
  // power[n] = q^n; spikeMean[n] = (1 + q + … + q^(n−1))/b, the share of a frame with n bins left when the spike falls.
  const power = Float64Array.from({ length: b + 1 }, (_, n) => exp((-n * bin_s) / tau_s));
  const spikeMean = new Float64Array(b + 1);
  for (let n = 1; n <= b; n++) spikeMean[n] = spikeMean[n - 1]! + power[n - 1]! / b;
  return { power, spikeMean, frame: power[b]!, mean: spikeMean[b]! };
}
