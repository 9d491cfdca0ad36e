// Trajectories in the plane, as frame × 2 arrays of (dy, dx).
import { hypot } from "@minisim/kernels/math";

/** Distance from rest per frame. */
export function radii(shifts: Float64Array): Float64Array {
  return Float64Array.from({ length: shifts.length / 2 }, (_, t) =>
    hypot(shifts[2 * t]!, shifts[2 * t + 1]!),
  );
}

/** The point of the disk around 0 that is nearest to (y, x). */
export function ontoDisk(y: number, x: number, radius: number): readonly [number, number] {
  const distance = hypot(y, x);
  if (distance <= radius) return [y, x];
  return [(y / distance) * radius, (x / distance) * radius];
}
