// How well motion was estimated. Trajectories are frames × 2, row-major: dy, dx of each frame in pixels.
import { roundHalfEven } from "@minisim/kernels/math";
import type { Shift } from "./cells.ts";

export interface TrajectoryOptions {
  /** The estimate is what was applied to undo the motion, its negation. Default false. */
  readonly correction?: boolean;
}

export interface ShiftRmseOptions extends TrajectoryOptions {
  /** Leaves out a constant offset between the two, the mean difference: a template's position is arbitrary. Default false. */
  readonly align?: boolean;
}

/**
 * Root mean square, in pixels, of the difference of two trajectories over all frames and both axes. Null without frames,
 * when either holds NaN or an infinity, or when the difference is so large that its square is one.
 * @throws RangeError when the lengths differ or are odd.
 */
export function shiftRmse(
  estimate: ArrayLike<number>,
  truth: ArrayLike<number>,
  { correction = false, align = false }: ShiftRmseOptions = {},
): number | null {
  const difference = differences(estimate, truth, correction);
  if (difference === null) return null;
  return rootMeanSquare(difference, align ? meanOf(difference) : [0, 0]);
}

/**
 * √((Σ (value − offset)² + rest) / n) of values whose offsets come in turn; null where the squares are too large for a number.
 * @param rest what else is to be counted among the squares
 */
export function rootMeanSquare(
  values: Float64Array,
  offsets: readonly number[],
  rest = 0,
): number | null {
  let sum = rest;
  for (let k = 0; k < values.length; k++) {
    const left = values[k]! - offsets[k % offsets.length]!;
    sum += left * left;
  }
  return Number.isFinite(sum) ? Math.sqrt(sum / values.length) : null;
}

/** Estimated minus true motion, (dy, dx) px, its mean over frames; null and errors as for `shiftRmse`. */
export function meanDifference(
  estimate: ArrayLike<number>,
  truth: ArrayLike<number>,
  { correction = false }: TrajectoryOptions = {},
): readonly [dy: number, dx: number] | null {
  const difference = differences(estimate, truth, correction);
  if (difference === null) return null;
  const mean = meanOf(difference);
  return mean.every(Number.isFinite) ? mean : null;
}

/**
 * The whole-pixel shift for `matchFootprints` that the trajectories imply. A movie corrected by an estimate that is off by
 * a constant stands off by that constant, negated; this moves it back: the mean of (estimate − truth), rounded, half
 * to even. Null without frames, or when either holds NaN or an infinity.
 * @throws RangeError when the lengths differ or are odd.
 */
export function globalShiftFromTrajectories(
  estimate: ArrayLike<number>,
  truth: ArrayLike<number>,
  { correction = false }: TrajectoryOptions = {},
): Shift | null {
  const mean = meanDifference(estimate, truth, { correction });
  return mean && [roundHalfEven(mean[0]), roundHalfEven(mean[1])];
}

/** Estimated minus true motion. */
function differences(
  estimate: ArrayLike<number>,
  truth: ArrayLike<number>,
  correction: boolean,
): Float64Array | null {
  if (estimate.length !== truth.length || truth.length % 2 !== 0) {
    throw new RangeError(
      `Trajectories hold dy and dx of the same frames, not ${estimate.length} and ${truth.length} values.`,
    );
  }
  const sign = correction ? -1 : 1;
  const difference = Float64Array.from(truth, (value, k) => sign * estimate[k]! - value);
  return difference.length > 0 && difference.every(Number.isFinite) ? difference : null;
}

/** Of (dy, dx) in turn. */
export function meanOf(difference: Float64Array): [number, number] {
  const sum: [number, number] = [0, 0];
  difference.forEach((value, k) => {
    sum[k % 2 === 0 ? 0 : 1] += value;
  });
  const frames = difference.length / 2;
  return [sum[0] / frames, sum[1] / frames];
}
