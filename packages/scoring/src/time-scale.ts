// Seconds in frames, where scores are of times.
import type { ScoreOptions } from "./score-options.ts";

type Clock = Required<Pick<ScoreOptions, "fps" | "event_tolerance_s">>;

/**
 * About the rise of a GCaMP6 (50 to 100 ms, doi:10.1038/nature12354), within which the light does not tell when a spike was; and a frame, for a
 * spike late in one frame is seen in the next.
 */
const TOLERANCE_S = 0.1;
/** What a product of seconds and a frame rate may fall short of a whole number by rounding. */
const ROUNDING = 1e-9;

/** How many frames apart an estimated and a true event may be. */
export function toleranceFrames({ fps, event_tolerance_s }: Clock): number {
  if (event_tolerance_s !== null) return Math.floor(event_tolerance_s * fps! + ROUNDING);
  return fps === null ? 1 : Math.max(1, Math.floor(TOLERANCE_S * fps + ROUNDING));
}

/** The whole frames nearest to a bin of time; null where it is shorter than a frame, or the frame rate is not known. */
export function binFrames(bin_s: number, { fps }: Clock): number | null {
  if (fps === null || bin_s * fps < 1 - ROUNDING) return null;
  return Math.round(bin_s * fps);
}
