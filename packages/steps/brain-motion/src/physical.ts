// Brain motion as the response of a damped oscillator to strides and to movement without rhythm.
import { ontoDisk, radii } from "./disk.ts";
import { jerkDrive, strideDrive } from "./drives.ts";
import { fineRate, type Oscillator, perFrame, respond } from "./oscillator.ts";
import { factorTo } from "./sway.ts";

export interface PhysicalMotion extends Oscillator {
  readonly locomotion_freq_hz: number;
  readonly locomotion_axis: "y" | "x";
  readonly locomotion_fraction: number;
  readonly motion_amplitude_um: number;
  readonly max_shift_um: number;
}

/** Standard normal draws for each of the three drives. */
export interface Normals {
  readonly stride: () => number;
  readonly jerk: readonly [y: () => number, x: () => number];
}

/**
 * Shifts in µm, frame × (dy, dx), frame 0 at (0, 0).
 *
 * The oscillator answers each drive from rest. Over the whole recording the stride response (one axis) has unit RMS
 * radius, and so has the response to movement without rhythm, to which both axes contribute equally. Both are averaged
 * over each frame's exposure, counted from frame 0, mixed as f · stride + (1 − f) · jerk, scaled so that the 99th
 * percentile of the radius is the amplitude, and projected onto the disk of the largest shift.
 */
export function physicalMotion(
  motion: PhysicalMotion,
  n_frames: number,
  fps: number,
  normals: Normals,
): Float64Array {
  const { steps, rate_hz } = fineRate(fps);
  const n_steps = n_frames * steps;
  const answer = (drive: Float64Array, rms: number) =>
    perFrame(toRms(respond(drive, motion, rate_hz), rms), steps);

  const stride = answer(
    strideDrive(n_steps, rate_hz, motion.locomotion_freq_hz, normals.stride),
    1,
  );
  const jerk = normals.jerk.map((normal) =>
    answer(jerkDrive(n_steps, rate_hz, normal), Math.sqrt(0.5)),
  );
  const strideAxis = motion.locomotion_axis === "y" ? 0 : 1;
  const f = motion.locomotion_fraction;
  const shifts = new Float64Array(2 * n_frames);
  for (let t = 0; t < n_frames; t++) {
    for (const axis of [0, 1]) shifts[2 * t + axis] = (1 - f) * jerk[axis]![t]!;
    shifts[2 * t + strideAxis]! += f * stride[t]!;
  }
  return scaleAndClamp(shifts, motion);
}

/** Scales a response to a root mean square; a response of 0 stays 0. */
function toRms(response: Float64Array, rms: number): Float64Array {
  const power = response.reduce((sum, x) => sum + x * x, 0) / response.length;
  const factor = power > 0 ? rms / Math.sqrt(power) : 0;
  return response.map((x) => x * factor);
}

function scaleAndClamp(
  shifts: Float64Array,
  { motion_amplitude_um, max_shift_um }: PhysicalMotion,
): Float64Array {
  const factor = factorTo(motion_amplitude_um, radii(shifts));
  for (let i = 0; i < shifts.length; i += 2) {
    shifts.set(ontoDisk(shifts[i]! * factor, shifts[i + 1]! * factor, max_shift_um), i);
  }
  return shifts;
}
