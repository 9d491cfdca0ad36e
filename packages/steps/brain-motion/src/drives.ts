// What shakes the brain: strides, and movement without rhythm.
import { exp, sin } from "@minisim/kernels/math";

const STRIDE_CV = 0.15; // spread of the stride frequency around its mean
const STRIDE_CORRELATION_S = 0.3; // about two strides
const RED_CORRELATION_S = 0.12; // a jerk of the head

/**
 * A sinusoid whose frequency wanders: f(t) = mean (1 + 0.15 x(t)), x a red noise of 0.3 s. Starts at phase 0.
 * @returns one value a step, amplitude 1
 */
export function strideDrive(
  n_steps: number,
  rate_hz: number,
  mean_hz: number,
  normal: () => number,
): Float64Array {
  const wander = redNoise(n_steps, rate_hz, STRIDE_CORRELATION_S, normal);
  let cycles = 0;
  return wander.map((x) => {
    cycles += (mean_hz * (1 + STRIDE_CV * x)) / rate_hz;
    cycles -= Math.floor(cycles);
    return sin(2 * Math.PI * cycles);
  });
}

/** Movement without rhythm: red noise of 0.12 s, unit variance, one value a step. */
export function jerkDrive(n_steps: number, rate_hz: number, normal: () => number): Float64Array {
  return redNoise(n_steps, rate_hz, RED_CORRELATION_S, normal);
}

/** Stationary Ornstein-Uhlenbeck noise of unit variance, correlation exp(−|Δ|/τ), exact at the samples. */
function redNoise(
  n_steps: number,
  rate_hz: number,
  correlation_s: number,
  normal: () => number,
): Float64Array {
  const rho = exp(-1 / (correlation_s * rate_hz));
  const fresh = Math.sqrt(1 - rho * rho);
  const noise = new Float64Array(n_steps);
  let value = 0;
  for (let i = 0; i < n_steps; i++) {
    value = i === 0 ? normal() : rho * value + fresh * normal();
    noise[i] = value;
  }
  return noise;
}
