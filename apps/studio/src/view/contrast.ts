// Which values are black and white: percentiles of one frame of a stage, remembered until plan, stage or percentiles change.
import type { Frame } from "../state/frames.ts";
import { locked, percentiles } from "../state/view.ts";
import { percentileRange, type Range } from "./contrast-range.ts";

const ranges = new Map<string, Range>();

export function rangeOf(frame: Frame): Range {
  const [low, high] = percentiles.value;
  // Locked, a stage keeps the range it had, whatever plan it had it with.
  const key = locked.value ? frame.stage : `${frame.stage} ${frame.plan} ${low} ${high}`;
  const known = ranges.get(key);
  if (known) return known;
  const range = percentileRange(frame.data, low / 100, high / 100);
  if (ranges.size > 60) ranges.clear();
  ranges.set(key, range);
  return range;
}

/** Called when the lock closes: the ranges of now become those that stay. */
export function lockRange(frame: Frame, range: Range): void {
  ranges.set(frame.stage, range);
}
