// The errors of estimated motion that a mean shift does not show: at every pixel, of patches, along the axis.
import type { GroundTruth } from "@minisim/recording";
import {
  patchResidual,
  patchShiftRmse,
  shiftResidual,
  type TrueDisplacement,
} from "./metrics/displacement.ts";
import { rootMeanSquare } from "./metrics/trajectories.ts";
import type { ScoreInput } from "./score-options.ts";

/** A constant offset is forgiven in each, since a template is arbitrary; null without such an estimate. */
export interface MotionErrors {
  /** px, over frames, pixels and both axes: the estimated shifts against the displacement of every pixel. */
  readonly displacement_rmse: number | null;
  /** px, the 95th percentile over frames of this over pixels: bad frames, which a mean hides. */
  readonly displacement_p95: number | null;
  /** px, over frames, patches and both axes: the shifts of patches against the mean displacement of their pixels. */
  readonly patch_shift_rmse: number | null;
  /** px, the shifts of patches against the displacement of every pixel of each, and its 95th percentile over frames. */
  readonly patch_displacement_rmse: number | null;
  readonly patch_displacement_p95: number | null;
  /** µm, over frames. */
  readonly axial_shift_rmse_um: number | null;
}

export function motionErrors(
  { shifts, patch_shifts, axial_shift_um, options }: ScoreInput,
  truth: GroundTruth,
): MotionErrors {
  const moved = trueDisplacement(truth);
  const rigid = { correction: options.shifts_are_corrections, align: true };
  const whole = shifts && shiftResidual(shifts.data, moved, rigid);
  const pieces = patch_shifts && patchResidual(patch_shifts, moved, rigid);
  return {
    displacement_rmse: whole?.rmse ?? null,
    displacement_p95: whole?.p95 ?? null,
    patch_shift_rmse: patch_shifts && patchShiftRmse(patch_shifts, moved, rigid),
    patch_displacement_rmse: pieces?.rmse ?? null,
    patch_displacement_p95: pieces?.p95 ?? null,
    axial_shift_rmse_um: axial_shift_um && axialError(axial_shift_um.data, truth),
  };
}

/** Tissue that did not move has shifts of 0. */
function trueDisplacement(truth: GroundTruth): TrueDisplacement {
  const [height, width] = truth.fov_shape;
  const basis = truth.get("displacement_basis")?.data;
  const weights = truth.get("displacement_weights")?.data;
  return {
    shifts: truth.shifts?.data ?? new Float64Array(2 * truth.n_frames),
    fields: basis && weights ? { basis, weights } : null,
    fov: { height, width },
  };
}

/** Tissue that did not move along the axis stayed at 0. */
function axialError(estimate: ArrayLike<number>, truth: GroundTruth): number | null {
  const axial = truth.get("axial_shift_um")?.data ?? new Float64Array(truth.n_frames);
  const left = axial.map((value, t) => estimate[t]! - value);
  if (left.length === 0 || !left.every(Number.isFinite)) return null;
  const offset = left.reduce((sum, value) => sum + value, 0) / left.length;
  return rootMeanSquare(left, [offset]);
}
