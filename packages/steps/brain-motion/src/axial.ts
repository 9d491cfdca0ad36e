// Movement along the optical axis: the focus leaves its depth with the movement without rhythm.
import { quantile } from "@minisim/kernels/statistics";
import { jerkDrive } from "./drives.ts";
import { fineRate, type Oscillator, perFrame, respond } from "./oscillator.ts";

/** Of the distance from rest, as in the plane. */
const AMPLITUDE_QUANTILE = 0.99;

/**
 * How much deeper the focus lies than at rest in each frame, µm, 0 in frame 0: the oscillator's response to red noise, averaged over each frame's
 * exposure and scaled so that the 99th percentile of its distance from rest is the amplitude.
 */
export function axialMotion(
  oscillator: Oscillator,
  axial_motion_um: number,
  n_frames: number,
  fps: number,
  normal: () => number,
): Float64Array {
  const { steps, rate_hz } = fineRate(fps);
  const drive = jerkDrive(n_frames * steps, rate_hz, normal);
  const shifts = perFrame(respond(drive, oscillator, rate_hz), steps);
  const reached = quantile(shifts.map(Math.abs).sort(), AMPLITUDE_QUANTILE);
  const factor = reached > 0 ? axial_motion_um / reached : 0;
  return shifts.map((shift) => shift * factor);
}
