// Movement without rhythm in one more direction: along the axis, around it, or of the tissue against itself.
import { quantile } from "@minisim/kernels/statistics";
import { jerkDrive } from "./drives.ts";
import { fineRate, type Oscillator, perFrame, respond } from "./oscillator.ts";

/** An amplitude is this quantile of the distance from rest. */
const AMPLITUDE_QUANTILE = 0.99;

/** The oscillator's response to red noise, averaged over each frame's exposure, 0 in frame 0; its scale is arbitrary. */
export function sway(
  oscillator: Oscillator,
  n_frames: number,
  fps: number,
  normal: () => number,
): Float64Array {
  const { steps, rate_hz } = fineRate(fps);
  const drive = jerkDrive(n_frames * steps, rate_hz, normal);
  return perFrame(respond(drive, oscillator, rate_hz), steps);
}

/** The factor that takes the 99th percentile of distances to the amplitude; 0 where nothing moves. */
export function factorTo(amplitude: number, distances: Float64Array): number {
  const reached = quantile(distances.slice().sort(), AMPLITUDE_QUANTILE);
  return reached > 0 ? amplitude / reached : 0;
}

/** A sway whose distance from rest has the amplitude as its 99th percentile. */
export function swayOf(
  amplitude: number,
  oscillator: Oscillator,
  n_frames: number,
  fps: number,
  normal: () => number,
): Float64Array {
  const response = sway(oscillator, n_frames, fps, normal);
  const factor = factorTo(amplitude, response.map(Math.abs));
  return response.map((value) => value * factor);
}

/** Values times a factor for each; unchanged where there are no factors. */
export const scaled = (values: Float64Array, factors: Float64Array | null): Float64Array =>
  factors ? values.map((value, t) => value * factors[t]!) : values;
