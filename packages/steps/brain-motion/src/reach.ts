// How far the tissue can move, which decides how much of it lies around the field of view.
import { hypot } from "@minisim/kernels/math";

interface Bounded {
  readonly max_shift_um: number;
  readonly trajectory_um: readonly (readonly [number, number])[] | null;
}

/** The largest distance from rest: of the trajectory where one is given, else the bound on the model. */
export function largestShiftUm({ max_shift_um, trajectory_um }: Bounded): number {
  if (!trajectory_um) return max_shift_um;
  return trajectory_um.reduce((largest, [dy, dx]) => Math.max(largest, hypot(dy, dx)), 0);
}

/** Pixels of tissue needed beyond each side of the field: the largest shift on one axis, and one for the interpolation. */
export function marginPx({ max_shift_um, trajectory_um }: Bounded, pixel_size_um: number): number {
  const component = trajectory_um
    ? trajectory_um.reduce((most, [dy, dx]) => Math.max(most, Math.abs(dy), Math.abs(dx)), 0)
    : max_shift_um;
  return Math.ceil(component / pixel_size_um) + 1;
}
