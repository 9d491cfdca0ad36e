// The time course of one component: partly its own fluctuation, partly the population's envelope.
import { exp } from "@minisim/kernels/math";

export interface Fluctuation {
  readonly fluctuation_cv: number;
  readonly fluctuation_contrast: number;
  /** 0 where there is no population to follow. */
  readonly population_coupling: number;
  readonly n_components: number;
}

/** The logarithmic standard deviations of what all components share, and of each one's own fluctuation. */
export interface LogSd {
  readonly shared: number;
  readonly own: number;
}

/**
 * a = cv √c and b = cv √(1 − c) √(K / (1 + f²)): the mean over K components of (1 + f g_k) b x_k, with g and x of unit variance, has the
 * variance b² (1 + f²) / K, so that a pixel varies by cv for any K. To first order in cv.
 */
export function logSd(parameters: Fluctuation): LogSd {
  const { fluctuation_cv, fluctuation_contrast, population_coupling, n_components } = parameters;
  const spread = n_components / (1 + fluctuation_contrast * fluctuation_contrast);
  return {
    shared: fluctuation_cv * Math.sqrt(population_coupling),
    own: fluctuation_cv * Math.sqrt((1 - population_coupling) * spread),
  };
}

/**
 * T = exp(a p + b x − (a² + b²)/2), whose mean is 1 where p and x are Gaussian.
 * @param fluctuation x, unit-variance Gaussian, one value a frame
 * @param population p, mean 0 and standard deviation 1, one value a frame; null: 0
 */
export function timeCourse(
  fluctuation: Float64Array,
  population: Float64Array | null,
  { shared, own }: LogSd,
): Float64Array {
  const offset = (shared * shared + own * own) / 2;
  return fluctuation.map((x, t) => exp(shared * (population?.[t] ?? 0) + own * x - offset));
}
