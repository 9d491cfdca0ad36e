// How far the tissue can move, which decides how much of it lies around the field of view.
import { hypot } from "@minisim/kernels/math";
import type { Geometry } from "@minisim/spec";

interface Bounded {
  readonly max_shift_um: number;
  readonly nonrigid_um: number;
  readonly rotation_deg: number;
  readonly trajectory_um: readonly (readonly [number, number])[] | null;
}

/** What a pixel may be bent beyond the amplitude, and an angle turned: the rest is cut. Estimates: four fields whose peaks are 2 to 3 times their size. */
export const NONRIGID_REACH = 5;
export const ROTATION_REACH = 1.5;

/** The largest distance from rest: of the trajectory where one is given, else the bound on the model. */
export function largestShiftUm({
  max_shift_um,
  trajectory_um,
}: Pick<Bounded, "max_shift_um" | "trajectory_um">): number {
  if (!trajectory_um) return max_shift_um;
  return trajectory_um.reduce((largest, [dy, dx]) => Math.max(largest, hypot(dy, dx)), 0);
}

/** Pixels of tissue needed beyond each side of the field: the largest displacement on one axis, and one for the interpolation. */
export function marginPx(
  { max_shift_um, trajectory_um, nonrigid_um, rotation_deg }: Bounded,
  { pixel_size_um, fov_um }: Pick<Geometry, "pixel_size_um" | "fov_um">,
): number {
  const component = trajectory_um
    ? trajectory_um.reduce((most, [dy, dx]) => Math.max(most, Math.abs(dy), Math.abs(dx)), 0)
    : max_shift_um;
  const angle = (ROTATION_REACH * rotation_deg * Math.PI) / 180;
  const corner = hypot(fov_um[0], fov_um[1]) / 2;
  const smooth = NONRIGID_REACH * nonrigid_um + angle * corner;
  return Math.ceil((component + smooth) / pixel_size_um) + 1;
}
