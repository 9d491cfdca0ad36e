// The blur of each cell while the focus shifts: what is deeper in focus is shallower out of it. Light that is lost on its way stays lost.
import { firstAtOrAfter } from "@minisim/kernels/statistics";
import { blurOfFocus, type View } from "@minisim/optics";
import { type FrameSeries, rowOf, rowsOf } from "@minisim/pipeline";

/** σ in px, cell × frame. @param shift of the focus, µm, one row */
export function blurCourse(views: readonly View[], shift: FrameSeries): FrameSeries {
  const shifts = rowsOf(shift, new Int32Array(views.length));
  const blurs = views.map(blurOfFocus);
  let sorted: Float64Array | undefined;
  return {
    rows: views.length,
    frames: shift.frames,
    read(cell, start, end, target, at) {
      shifts.read(cell, start, end, target, at);
      const { focal_um } = views[cell]!;
      const blurAt = blurs[cell]!;
      for (let i = at; i < at + end - start; i++) target[i] = blurAt(focal_um + target[i]!);
    },
    extremes(cell) {
      sorted ??= rowOf(shift, 0).sort();
      const { focal_um, z_um } = views[cell]!;
      const blurs_px = [0, sorted.length - 1, ...besides(sorted, z_um - focal_um)].map((i) =>
        blurs[cell]!(focal_um + sorted![i]!),
      );
      return [Math.min(...blurs_px), Math.max(...blurs_px)];
    },
  };
}

/**
 * Blur grows with the distance of the focus from the cell, in rounded numbers too, for every operation on the way is monotonic: it is largest at one
 * end of the shifts, and smallest at the one before or after the cell. These two, and one more on either side, since the sum that places the focus is rounded.
 */
function besides(sorted: Float64Array, shift: number): number[] {
  const next = firstAtOrAfter(sorted, shift);
  return [next - 2, next - 1, next, next + 1].filter((i) => i >= 0 && i < sorted.length);
}
