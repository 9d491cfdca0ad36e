// How much light one spike makes in all frames after it, as a matched filter counts it.
import { exp } from "@minisim/kernels/math";
import { type KernelTaus, kernelPeak } from "./timing.ts";

/** Steps in the time constant of the rise, where frames are longer than them: the sum is then right to a percent. */
const STEPS = 4;
/** A rise that is faster by so much is over within the frame. */
const MOST_STEPS = 64;
/** The transient is followed until calcium has fallen to e⁻⁶ of its peak or so. */
const DECAYS = 6;

/**
 * √Σ_t r(t)², r(t) the mean over frame t of what one spike's calcium makes of light, on average over where in a frame the spike falls.
 * @param light of calcium in units of a typical spike's peak
 */
export function spikeNorm(
  { tau_rise_s, tau_decay_s }: KernelTaus,
  light: (calcium: number) => number,
  frame_s: number,
): number {
  const steps = Math.min(Math.ceil((STEPS * frame_s) / tau_rise_s), MOST_STEPS);
  const step_s = frame_s / steps;
  const length = Math.ceil((DECAYS * tau_decay_s) / step_s);
  const scale = 1 / kernelPeak({ tau_rise_s, tau_decay_s }).height;
  const slower = exp(-step_s / tau_decay_s);
  const faster = exp(-step_s / tau_rise_s);
  let slow = exp(-step_s / 2 / tau_decay_s);
  let fast = exp(-step_s / 2 / tau_rise_s);
  // With nothing for a frame before it and a frame after it.
  const response = new Float64Array(length + 2 * steps);
  for (let i = 0; i < length; i++) {
    response[steps + i] = light(scale * (slow - fast));
    slow *= slower;
    fast *= faster;
  }
  // Every frame that the transient falls into, at each of its places: [i − steps, i) steps after the spike.
  let inFrame = 0;
  let squares = 0;
  for (let i = 0; i < length + steps; i++) {
    inFrame += response[steps + i]! - response[i]!;
    squares += inFrame * inFrame;
  }
  return Math.sqrt(squares / steps) / steps;
}
