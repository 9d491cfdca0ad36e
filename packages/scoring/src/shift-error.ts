// How far estimated shifts are from the true motion, with and without the constant that is forgiven.
import type { GroundTruth } from "@minisim/recording";
import { meanDifference, shiftRmse } from "./metrics/trajectories.ts";
import type { ScoreInput } from "./score-options.ts";

export interface ShiftError {
  /** px, over frames and both axes, after the mean difference was taken off: the position of a template is arbitrary. */
  readonly shift_rmse: number | null;
  /** px, with nothing taken off. */
  readonly shift_rmse_raw: number | null;
  /** px, (dy, dx): the mean of estimated − true shifts, which `shift_rmse` forgives. */
  readonly shift_offset: readonly [dy: number, dx: number] | null;
}

/** Tissue that did not move has shifts of 0; null without estimated shifts, or where these are not finite. */
export function shiftError({ shifts, options }: ScoreInput, truth: GroundTruth): ShiftError {
  if (shifts === null) return { shift_rmse: null, shift_rmse_raw: null, shift_offset: null };
  const moved = truth.shifts?.data ?? new Float64Array(shifts.data.length);
  const correction = options.shifts_are_corrections;
  return {
    shift_rmse: shiftRmse(shifts.data, moved, { correction, align: true }),
    shift_rmse_raw: shiftRmse(shifts.data, moved, { correction }),
    shift_offset: meanDifference(shifts.data, moved, { correction }),
  };
}
