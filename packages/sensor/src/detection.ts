// Whether a cell's activity rises above the noise of one pixel in one frame.
import { type Exposure, fullScaleE, noiseSigmaE } from "./exposure.ts";

/**
 * From this detection SNR on, a focus counts a cell as one that it shows. In whole runs of CNMF-E on movies of the first edition, cells inside of the field were
 * found in 0.46 of all cases between an SNR of 1 and 2, and in 0.86 between 2 and 3.
 */
export const DETECTABLE_SNR = 2;

export interface TraceRange {
  /** ΔF: largest minus smallest value. */
  readonly peak: number;
  /** The smallest value. */
  readonly baseline: number;
}

export interface DetectionInput extends TraceRange {
  /** Electrons per unit of fluorescence at the cell's brightest pixel, in one frame. */
  readonly gain: number;
  /** Mean electrons of all other light in that pixel and frame. */
  readonly background_e: number;
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

/** Electrons that the brightest pixel holds at rest, and how many more it can show at the peak of ΔF: min(λ₀ + ΔF·g, full) − min(λ₀, full). */
export function shownRise(
  { peak, baseline, gain, background_e }: DetectionInput,
  exposure: Exposure,
): { readonly rest_e: number; readonly rise_e: number } {
  const rest_e = Math.max(baseline, 0) * gain + background_e;
  const room_e = Math.max(fullScaleE(exposure) - exposure.dark_e - rest_e, 0);
  return { rest_e, rise_e: Math.min(peak * gain, room_e) };
}

/**
 * SNR = (min(λ₀ + ΔF·g, full) − min(λ₀, full)) / σ(λ₀), λ₀ = max(F₀, 0)·g + background: the largest rise over the noise of the
 * pixel at rest (peak ΔF, baseline F₀, gain g), as far as the pixel and the converter can show it. The largest transient of a longer
 * recording is larger, so this grows with duration. Without any noise it is infinite when there is a rise, and 0 when there is none.
 */
export function detectionSnr(input: DetectionInput, exposure: Exposure): number {
  const { rest_e, rise_e } = shownRise(input, exposure);
  return rise_e > 0 ? rise_e / noiseSigmaE(rest_e, exposure) : 0;
}
