// How much of the time before a recording is still in its calcium.
import type { KernelTaus } from "./timing.ts";

/** exp(−6) = 0.25 % of the calcium of spikes before the past is missing at frame 0. */
const DECAYS = 6;

/** Of the slowest of ten thousand cells; no more than a fraction of a per cent is missing of theirs. */
const STANDARD_DEVIATIONS = 4;

/** Frames before frame 0 that the simulation begins at. */
export function pastFrames(
  { kinetics_cv }: { readonly kinetics_cv: number },
  { tau_decay_s }: KernelTaus,
  fps: number,
): number {
  return Math.ceil(DECAYS * tau_decay_s * (1 + STANDARD_DEVIATIONS * kinetics_cv) * fps);
}
