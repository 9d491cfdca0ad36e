// Calcium, and the light that it makes, per frame from spike times, in time linear in frames + spikes.
import { exp } from "@minisim/kernels/math";
import { firstAtOrAfter } from "@minisim/kernels/statistics";
import { type KernelTaus, kernelPeak } from "./timing.ts";
import type { SampleGrid } from "./trains.ts";

/** Frames between two remembered states: what a stretch read alone has to run through at most before it begins. */
const CHECKPOINT_FRAMES = 64;

/** Spikes as places among the samples, see `SampleGrid`. */
export interface CalciumFilter {
  /** The filter's state at frame 0 and every CHECKPOINT_FRAMES after, run from rest at `first_frame` ≤ 0. */
  checkpoints(places: Float64Array, first_frame: number, n_frames: number): Float64Array;
  /**
   * The mean over each frame's samples of calcium, or of what `curve` makes of it, frames [start, end), into target from `at`. Places of
   * spikes from frame 0 on.
   */
  read(
    places: Float64Array,
    states: Float64Array,
    start: number,
    end: number,
    target: Float64Array,
    at: number,
    curve?: ((calcium: number) => number) | undefined,
  ): void;
}

/**
 * A filter for the transient k(t) = (exp(−t/τd) − exp(−t/τr)) / peak, whose continuous peak is 1. Every sample is the sum of k over the spikes before
 * it; a frame is the mean of its samples, as an exposure is.
 */
export function calciumFilter(taus: KernelTaus, grid: SampleGrid): CalciumFilter {
  const b = grid.per_frame;
  const decay = onePole(taus.tau_decay_s, grid);
  const rise = onePole(taus.tau_rise_s, grid);
  const scale = 1 / kernelPeak(taus).height;
  /**
   * Runs frames [first, last) from `state` (the two exponentials at the first sample of a frame) and leaves it at that of the frame `last`.
   * Locals, because this is the innermost loop.
   */
  function run(
    places: Float64Array,
    state: Float64Array,
    first: number,
    last: number,
    target: Float64Array | null,
    at: number,
    curve?: ((calcium: number) => number) | undefined,
  ): void {
    let slow = state[0]!;
    let fast = state[1]!;
    let next = firstAtOrAfter(places, grid.startOf(first));
    for (let frame = first; frame < last; frame++) {
      const end = (frame + 1) * b;
      if (target && curve) {
        target[at + frame - first] = sampled(places, next, slow, fast, frame, curve);
      }
      let mean = slow * decay.mean - fast * rise.mean;
      slow *= decay.frame;
      fast *= rise.frame;
      for (; next < places.length && places[next]! < end - 0.5; next++) {
        const sample = Math.ceil(places[next]!);
        const wait = sample - places[next]!;
        const slower = decay.after(wait);
        const faster = rise.after(wait);
        const left = end - sample;
        mean += slower * decay.spikeMean[left]! - faster * rise.spikeMean[left]!;
        slow += slower * decay.power[left]!;
        fast += faster * rise.power[left]!;
      }
      if (target && !curve) target[at + frame - first] = mean * scale;
    }
    state[0] = slow;
    state[1] = fast;
  }

  /** The mean of the curve over the samples of one frame: they are run through one by one, as a curve's mean is not that of a mean. */
  function sampled(
    places: Float64Array,
    first: number,
    atStart: number,
    atStartFast: number,
    frame: number,
    curve: (calcium: number) => number,
  ): number {
    let [slow, fast, next, sum] = [atStart, atStartFast, first, 0];
    for (let sample = frame * b; sample < (frame + 1) * b; sample++) {
      for (; next < places.length && places[next]! <= sample; next++) {
        slow += decay.after(sample - places[next]!);
        fast += rise.after(sample - places[next]!);
      }
      sum += curve((slow - fast) * scale);
      slow *= decay.power[1]!;
      fast *= rise.power[1]!;
    }
    return sum / b;
  }

  const state = new Float64Array(2);
  return {
    checkpoints(places, first_frame, n_frames) {
      const states = new Float64Array(2 * Math.ceil(n_frames / CHECKPOINT_FRAMES));
      state.fill(0);
      run(places, state, first_frame, 0, null, 0);
      for (let i = 0; i < states.length / 2; i++) {
        states.set(state, 2 * i);
        run(places, state, i * CHECKPOINT_FRAMES, (i + 1) * CHECKPOINT_FRAMES, null, 0);
      }
      return states;
    },
    read(places, states, start, end, target, at, curve) {
      if (start >= end) return;
      const checkpoint = Math.floor(start / CHECKPOINT_FRAMES);
      state[0] = states[2 * checkpoint]!;
      state[1] = states[2 * checkpoint + 1]!;
      run(places, state, checkpoint * CHECKPOINT_FRAMES, start, null, 0);
      run(places, state, start, end, target, at, curve);
    },
  };
}

/** What an exponential with decay q = exp(−step_s/τ) from sample to sample does over a frame of b samples. */
function onePole(tau_s: number, { per_frame: b, step_s }: SampleGrid) {
  // power[n] = q^n; spikeMean[n] = (1 + q + … + q^(n−1))/b, the share of a frame with n samples left when the spike falls.
  const power = Float64Array.from({ length: b + 1 }, (_, n) => exp((-n * step_s) / tau_s));
  const spikeMean = new Float64Array(b + 1);
  for (let n = 1; n <= b; n++) spikeMean[n] = spikeMean[n - 1]! + power[n - 1]! / b;
  return {
    power,
    spikeMean,
    frame: power[b]!,
    mean: spikeMean[b]!,
    /** What is left of a spike after this many steps, less than one. */
    after: (steps: number) => (steps === 0 ? 1 : exp((-steps * step_s) / tau_s)),
  };
}
