// Whether a cell's activity rises above the noise of one pixel in one frame.
import { noiseSigmaE } from "./exposure.ts";

/**
 * The detection SNR from which a cell counts as detectable. Provisional: the low end of Rose's criterion of 3 to 5
 * (Rose 1973, Vision: Human and Electronic), not fitted to what extraction pipelines find.
 */
export const DETECTABLE_SNR = 3;

export interface TraceRange {
  /** ΔF: largest minus smallest value. */
  readonly peak: number;
  /** The smallest value. */
  readonly baseline: number;
}

export interface DetectionInput extends TraceRange {
  /** Electrons per unit of fluorescence at the cell's brightest pixel, in one frame. */
  readonly gain: number;
  /** e⁻ */
  readonly read_noise_e: number;
}

/** ΔF and baseline of a trace; an empty trace is a RangeError. */
export function traceRange(trace: ArrayLike<number>): TraceRange {
  if (trace.length === 0) throw new RangeError("A trace without frames has no range.");
  let smallest = Infinity;
  let largest = -Infinity;
  for (let t = 0; t < trace.length; t++) {
    smallest = Math.min(smallest, trace[t]!);
    largest = Math.max(largest, trace[t]!);
  }
  return { peak: largest - smallest, baseline: smallest };
}

/**
 * SNR = ΔF·g / √(max(F₀, 0)·g + read²): the largest rise over the noise of the resting signal (peak ΔF, baseline F₀,
 * gain g). Without any noise it is infinite when there is a rise, and 0 when there is none.
 */
export function detectionSnr({ peak, baseline, gain, read_noise_e }: DetectionInput): number {
  const signal_e = peak * gain;
  if (!(signal_e > 0)) return 0;
  return signal_e / noiseSigmaE(Math.max(baseline, 0) * gain, read_noise_e);
}
