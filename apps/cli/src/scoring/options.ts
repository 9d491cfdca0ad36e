// The options of a score, as the command line gives them.
import type { ScoreOptions } from "@minisim/scoring";
import { usageFailure } from "../failure.ts";

export interface ScoreFlags {
  readonly metric?: string;
  readonly threshold?: number;
  readonly allCells?: boolean;
  readonly shift?: string;
  readonly corrections?: boolean;
  readonly eventTolerance?: number;
}

/** What is wrong with a value, `score` itself tells. */
export function scoreOptions(flags: ScoreFlags): ScoreOptions {
  const { metric, threshold, allCells, shift, corrections, eventTolerance } = flags;
  return {
    ...(metric !== undefined && { match_metric: metric as ScoreOptions["match_metric"] & string }),
    ...(threshold !== undefined && { match_threshold: threshold }),
    ...(allCells && { restrict_to_detectable: false }),
    ...(shift !== undefined && { footprint_shift: shiftOf(shift) }),
    ...(corrections && { shifts_are_corrections: true }),
    ...(eventTolerance !== undefined && { event_tolerance_s: eventTolerance }),
  };
}

function shiftOf(text: string): "auto" | null | readonly [number, number] {
  if (text === "auto") return text;
  if (text === "none") return null;
  const [, dy, dx] = /^(-?\d+),(-?\d+)$/.exec(text) ?? [];
  if (dy !== undefined && dx !== undefined) return [Number(dy), Number(dx)];
  throw usageFailure(`--shift ${text}: it is auto, none or DY,DX in whole pixels.`);
}
