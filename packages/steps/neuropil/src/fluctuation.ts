// A stationary Ornstein-Uhlenbeck process, sampled at the frames.
import { exp } from "@minisim/kernels/math";

/**
 * Unit-variance, zero-mean Gaussian process with correlation exp(−|Δ|/tau), exact at the samples:
 * x_0 = z_0, x_t = ρ x_{t−1} + √(1 − ρ²) z_t, ρ = exp(−1/tau).
 * Source: Gillespie 1996, doi:10.1103/PhysRevE.54.2084.
 * @param tau_frames correlation time in samples, > 0
 * @param normal standard normal draws, one a sample
 */
export function slowFluctuation(
  n_frames: number,
  tau_frames: number,
  normal: () => number,
): Float64Array {
  const rho = exp(-1 / tau_frames);
  const fresh = Math.sqrt(1 - rho * rho);
  const values = new Float64Array(n_frames);
  let value = 0;
  for (let t = 0; t < n_frames; t++) {
    value = t === 0 ? normal() : rho * value + fresh * normal();
    values[t] = value;
  }
  return values;
}
