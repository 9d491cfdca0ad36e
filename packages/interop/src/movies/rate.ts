// The frame rate that time stamps tell.
import { orderStatistic } from "@minisim/kernels/statistics";

/** A longer interval than this many medians is a gap: frames are missing there. */
const GAP = 1.5;

/** Frames per unit of time between gaps; undefined for fewer than two frames, or times that do not increase. */
export function rateOf(times: ArrayLike<number>): number | undefined {
  const intervals = Float64Array.from(
    { length: Math.max(0, times.length - 1) },
    (_, i) => times[i + 1]! - times[i]!,
  );
  const median = orderStatistic(intervals.toSorted(), 0.5);
  const regular = intervals.filter((interval) => interval <= GAP * median);
  const mean = regular.reduce((a, b) => a + b, 0) / regular.length;
  return mean > 0 ? 1 / mean : undefined;
}
