// The time course of one neuropil component: partly its own slow drift, partly the population's envelope.
import { exp } from "@minisim/kernels/math";

/** Standard deviation of the logarithm of a component's own drift. */
const LOG_SD = 0.4;

/**
 * T = (1 − c) · exp(0.4 x − 0.08) + c · P, where the offset 0.4²/2 makes the mean of the exponential 1.
 * @param fluctuation x, unit-variance Gaussian, one value a frame
 * @param population P, mean 1, one value a frame; null: T is the component's own drift alone (c = 0)
 * @param coupling c, 0..1
 */
export function timeCourse(
  fluctuation: Float64Array,
  population: Float64Array | null,
  coupling: number,
): Float64Array {
  const own = fluctuation.map((x) => exp(LOG_SD * x - (LOG_SD * LOG_SD) / 2));
  if (!population) return own;
  return own.map((value, t) => (1 - coupling) * value + coupling * population[t]!);
}
