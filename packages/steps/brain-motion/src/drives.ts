// What shakes the brain: strides, and movement without rhythm.
import { sin } from "@minisim/kernels/math";
import { ornsteinUhlenbeck } from "@minisim/random";

const STRIDE_CV = 0.15; // spread of the stride frequency around its mean
const STRIDE_CORRELATION_S = 0.3; // about two strides
const JERK_CORRELATION_S = 0.12; // a jerk of the head

/**
 * A sinusoid whose frequency wanders: f(t) = mean (1 + 0.15 x(t)), x an Ornstein-Uhlenbeck process with a correlation time of 0.3 s. Starts at phase 0.
 * @returns one value a step, amplitude 1
 */
export function strideDrive(
  n_steps: number,
  rate_hz: number,
  mean_hz: number,
  normal: () => number,
): Float64Array {
  const wander = ornsteinUhlenbeck(n_steps, STRIDE_CORRELATION_S * rate_hz, normal);
  let cycles = 0;
  return wander.map((x) => {
    cycles += (mean_hz * (1 + STRIDE_CV * x)) / rate_hz;
    cycles -= Math.floor(cycles);
    return sin(2 * Math.PI * cycles);
  });
}

/** Movement without rhythm: an Ornstein-Uhlenbeck process with a correlation time of 0.12 s, unit variance, one value a step. */
export function jerkDrive(n_steps: number, rate_hz: number, normal: () => number): Float64Array {
  return ornsteinUhlenbeck(n_steps, JERK_CORRELATION_S * rate_hz, normal);
}
