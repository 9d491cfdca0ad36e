// Calcium per frame from spikes in fine bins, in time linear in frames + spikes.
import { exp } from "@minisim/kernels/math";
import { firstAtOrAfter } from "./spikes.ts";
import { type KernelTaus, kernelPeak } from "./timing.ts";

export interface FineBins {
  readonly bins_per_frame: number;
  /** Width of a bin. */
  readonly bin_s: number;
}

/** Frames between two remembered states: what a stretch read alone has to run through at most before it begins. */
const CHECKPOINT_FRAMES = 64;

/** Spike bins are ascending and count from the start of frame 0; those of a burn-in are negative. */
export interface CalciumFilter {
  /** The filter's state at frame 0 and every CHECKPOINT_FRAMES after, run from rest at `first_frame` ≤ 0. */
  checkpoints(spike_bins: Int32Array, first_frame: number, n_frames: number): Float64Array;
  /** Calcium as the mean over each frame's bins, frames [start, end), into target from `at`. Spikes from frame 0 on. */
  read(
    spike_bins: Int32Array,
    states: Float64Array,
    start: number,
    end: number,
    target: Float64Array,
    at: number,
  ): void;
}

/**
 * A filter for the transient k(t) = (exp(−t/τd) − exp(−t/τr)) / peak, whose continuous peak is 1. A spike in bin s adds
 * k((j − s)·bin_s) to every bin j ≥ s (0 in its own); a frame is the mean of its bins, as an exposure is.
 */
export function calciumFilter(taus: KernelTaus, bins: FineBins): CalciumFilter {
  const b = bins.bins_per_frame;
  const decay = onePole(taus.tau_decay_s, bins);
  const rise = onePole(taus.tau_rise_s, bins);
  const scale = 1 / kernelPeak(taus).height;
  // The state that `run` takes up and leaves: the two exponentials at the start of a frame, and the next spike.
  let slow = 0;
  let fast = 0;
  let next = 0;

  function run(spikes: Int32Array, frame: number): number {
    let mean = slow * decay.mean - fast * rise.mean;
    slow *= decay.frame;
    fast *= rise.frame;
    const end = (frame + 1) * b;
    for (; next < spikes.length && spikes[next]! < end; next++) {
      const left = end - spikes[next]!;
      mean += decay.spikeMean[left]! - rise.spikeMean[left]!;
      slow += decay.power[left]!;
      fast += rise.power[left]!;
    }
    return mean * scale;
  }

  return {
    checkpoints(spikes, first_frame, n_frames) {
      slow = 0;
      fast = 0;
      next = 0;
      const states = new Float64Array(2 * Math.ceil(n_frames / CHECKPOINT_FRAMES));
      for (let frame = first_frame; frame < n_frames; frame++) {
        if (frame >= 0 && frame % CHECKPOINT_FRAMES === 0) {
          states[(2 * frame) / CHECKPOINT_FRAMES] = slow;
          states[(2 * frame) / CHECKPOINT_FRAMES + 1] = fast;
        }
        run(spikes, frame);
      }
      return states;
    },
    read(spikes, states, start, end, target, at) {
      if (start >= end) return;
      const checkpoint = Math.floor(start / CHECKPOINT_FRAMES);
      slow = states[2 * checkpoint]!;
      fast = states[2 * checkpoint + 1]!;
      next = firstAtOrAfter(spikes, checkpoint * CHECKPOINT_FRAMES * b);
      for (let frame = checkpoint * CHECKPOINT_FRAMES; frame < start; frame++) run(spikes, frame);
      for (let frame = start; frame < end; frame++) target[at + frame - start] = run(spikes, frame);
    },
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
