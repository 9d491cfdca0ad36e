// How well the light of each cell can be told from its neighbours', the background's and the noise.
import { type Plan, slots, summaryOf } from "@minisim/pipeline";
import { sensing } from "./images.ts";
import { overlapCosts } from "./overlap-costs.ts";

/** One value a cell; NaN without a sensor, without the light of cells, or, for `spike_dprime`, without a response to spikes. */
export interface Separability {
  /**
   * Standard deviation of the best unbiased estimate of C in one frame: √(F⁻¹)_ii, F the Fisher information of the weights of all images. Infinite for
   * a cell without light.
   */
  readonly trace_error: Float64Array;
  /** √(F⁻¹)_ii · √F_ii: the error over that of the cell alone, 1 or more; NaN for a cell without light. */
  readonly overlap_cost: Float64Array;
  /** Correlation with C of the trace that has this error: √(var C / (var C + error²)). */
  readonly predicted_trace_corr: Float64Array;
  /** Matched filter of one spike: √Σ_t r(t)² / error. */
  readonly spike_dprime: Float64Array;
}

/**
 * The bound of Cramér and Rao on demixing one frame with known images: F = Aᵀ diag(1/v) A, A the electrons of each cell and each fluctuating component
 * of the background per pixel, v the variance of the pixel's noise at the mean light (Kay 1993, Fundamentals of Statistical Signal Processing:
 * Estimation Theory, ch. 3). Motion is left out, halos are taken for background.
 * It yields between its parts, some tenths of a second each.
 * @param light mean light of each pixel of the field of view
 */
export function* separating(plan: Plan, light: Float64Array): Generator<void, Separability> {
  const { scene } = plan;
  const { count } = scene.get(slots.cells);
  const activity = scene.get(slots.activity);
  const images = yield* sensing(plan, light);
  if (!images || !activity) return unknownSeparability(count);
  yield;
  const column = (value: number) => new Float64Array(count).fill(value);
  const trace_error = column(Number.POSITIVE_INFINITY);
  const overlap_cost = column(Number.NaN);
  for (const { cell, cost, norm } of yield* overlapCosts(images)) {
    overlap_cost[cell] = cost;
    trace_error[cell] = cost / norm;
  }
  const { variance } = summaryOf(activity.C);
  const { spike_norm } = activity;
  return {
    trace_error,
    overlap_cost,
    predicted_trace_corr: trace_error.map((error, cell) => {
      const signal = variance[cell]!;
      return signal > 0 ? Math.sqrt(signal / (signal + error * error)) : 0;
    }),
    spike_dprime: trace_error.map((error, cell) => (spike_norm?.[cell] ?? Number.NaN) / error),
  };
}

/** Of cells of which nothing can be said. */
export function unknownSeparability(count: number): Separability {
  const unknown = () => new Float64Array(count).fill(Number.NaN);
  return {
    trace_error: unknown(),
    overlap_cost: unknown(),
    predicted_trace_corr: unknown(),
    spike_dprime: unknown(),
  };
}
