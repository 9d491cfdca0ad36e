// The stationary Ornstein-Uhlenbeck process: Gaussian noise that remembers.
import { exp } from "@minisim/kernels/math";

/**
 * A Gaussian process of mean 0, variance 1 and correlation exp(−|Δ| / correlation), exact at the samples:
 * x_0 = z_0, x_t = ρ x_{t−1} + √(1 − ρ²) z_t, ρ = exp(−1 / correlation).
 * Source: Gillespie 1996, doi:10.1103/PhysRevE.54.2084.
 * @param correlation time in samples after which the correlation has fallen to 1/e, > 0
 * @param normal draws z from the standard normal distribution, one a sample
 * @returns one value a sample
 */
export function ornsteinUhlenbeck(
  n_samples: number,
  correlation: number,
  normal: () => number,
): Float64Array {
  const rho = exp(-1 / correlation);
  const fresh = Math.sqrt(1 - rho * rho);
  const values = new Float64Array(n_samples);
  let value = 0;
  for (let t = 0; t < n_samples; t++) {
    value = t === 0 ? normal() : rho * value + fresh * normal();
    values[t] = value;
  }
  return values;
}
