// Brain motion as a bounded random walk.
import { ontoDisk } from "./disk.ts";

/**
 * Shifts in µm, frame × (dy, dx): from (0, 0) at frame 0, a normal step on each axis per frame; a walk that leaves the
 * disk of the largest shift continues from the nearest point of its rim.
 */
export function boundedWalk(
  { walk_step_um, max_shift_um }: { readonly walk_step_um: number; readonly max_shift_um: number },
  n_frames: number,
  normal: () => number,
): Float64Array {
  const shifts = new Float64Array(2 * n_frames);
  let y = 0;
  let x = 0;
  for (let t = 1; t < n_frames; t++) {
    y += walk_step_um * normal();
    x += walk_step_um * normal();
    [y, x] = ontoDisk(y, x, max_shift_um);
    shifts[2 * t] = y;
    shifts[2 * t + 1] = x;
  }
  return shifts;
}
