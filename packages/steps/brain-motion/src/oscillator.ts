// The brain in the skull as a damped oscillator under an acceleration.

export interface Oscillator {
  readonly resonance_freq_hz: number;
  readonly damping_ratio: number;
}

/** Rate at which the oscillator is integrated: dozens of steps in a period of its resonance. */
const RATE_HZ = 300;

/** Steps per frame, at least one, and the rate that they make. */
export function fineRate(fps: number): { readonly steps: number; readonly rate_hz: number } {
  const steps = Math.max(1, Math.round(RATE_HZ / fps));
  return { steps, rate_hz: steps * fps };
}

/**
 * Whether symplectic Euler stays bounded: ω²h² + 4ζωh < 4 (Jury's conditions on its 2 × 2 step matrix, whose
 * determinant is 1 − 2ζωh and whose trace is 2 − 2ζωh − ω²h²).
 */
export function isStable(
  { resonance_freq_hz, damping_ratio }: Oscillator,
  rate_hz: number,
): boolean {
  const angle = (2 * Math.PI * resonance_freq_hz) / rate_hz;
  return angle * angle + 4 * damping_ratio * angle < 4;
}

/**
 * Response of x'' + 2ζω x' + ω² x = a(t), from rest at 0, by symplectic Euler.
 * @param drive a(t), one value a step, arbitrary unit
 * @returns x after each step, in the drive's unit · s²
 */
export function respond(
  drive: Float64Array,
  { resonance_freq_hz, damping_ratio }: Oscillator,
  rate_hz: number,
): Float64Array {
  const omega = 2 * Math.PI * resonance_freq_hz;
  const friction = 2 * damping_ratio * omega;
  const stiffness = omega * omega;
  const step_s = 1 / rate_hz;
  let position = 0;
  let velocity = 0;
  return drive.map((acceleration) => {
    velocity += step_s * (acceleration - friction * velocity - stiffness * position);
    position += step_s * velocity;
    return position;
  });
}

/** Averages over each frame's steps, relative to frame 0. */
export function perFrame(response: Float64Array, steps: number): Float64Array {
  const frames = new Float64Array(response.length / steps);
  for (let t = 0; t < frames.length; t++) {
    let sum = 0;
    for (let i = t * steps; i < (t + 1) * steps; i++) sum += response[i]!;
    frames[t] = sum / steps;
  }
  const rest = frames[0] ?? 0;
  return frames.map((x) => x - rest);
}
