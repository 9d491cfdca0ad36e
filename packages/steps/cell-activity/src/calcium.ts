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
  /**
   * Runs frames [first, last) from `state` (the two exponentials at the start of a frame) and leaves it at their end.
   * Means over the frames' bins go to target from `at`, where there is one. Locals, because this is the innermost loop.
   */
  function run(
    spikes: Int32Array,
    state: Float64Array,
    first: number,
    last: number,
    target: Float64Array | null,
    at: number,
  ): void {
    let slow = state[0]!;
    let fast = state[1]!;
    let next = firstAtOrAfter(spikes, first * b);
    for (let frame = first; frame < last; frame++) {
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
      if (target) target[at + frame - first] = mean * scale;
    }
    state[0] = slow;
    state[1] = fast;
  }

  const state = new Float64Array(2);
  return {
    checkpoints(spikes, first_frame, n_frames) {
      const states = new Float64Array(2 * Math.ceil(n_frames / CHECKPOINT_FRAMES));
      state.fill(0);
      run(spikes, state, first_frame, 0, null, 0);
      for (let i = 0; i < states.length / 2; i++) {
        states.set(state, 2 * i);
        run(spikes, state, i * CHECKPOINT_FRAMES, (i + 1) * CHECKPOINT_FRAMES, null, 0);
      }
      return states;
    },
    read(spikes, states, start, end, target, at) {
      if (start >= end) return;
      const checkpoint = Math.floor(start / CHECKPOINT_FRAMES);
      state[0] = states[2 * checkpoint]!;
      state[1] = states[2 * checkpoint + 1]!;
      run(spikes, state, checkpoint * CHECKPOINT_FRAMES, start, null, 0);
      run(spikes, state, start, end, target, at);
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
