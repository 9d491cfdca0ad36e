// What a real acquisition does to frames on their way to disk: time stamps jitter, frames get lost. Off unless asked for.
import { createRandom } from "@minisim/random";
import type { AcquisitionSettings } from "./settings.ts";

export interface AcquiredFrame {
  /** Since the recording's start, ms, exact. */
  readonly true_time_ms: number;
  /** As the file says, whole ms; never before the one of an earlier frame. */
  readonly time_stamp_ms: number;
  /** Number in the files, from 0; null: lost. */
  readonly written_frame: number | null;
}

/**
 * One entry a simulated frame. The first is never lost. Jitter is drawn for every frame, lost or not, so that gaps move no
 * time stamps; gaps and jitter have streams of their own.
 */
export function acquire(
  frames: number,
  fps: number,
  { timestamp_jitter_ms, drop_probability, mean_gap_frames, acquisition_seed }: AcquisitionSettings,
): AcquiredFrame[] {
  const random = createRandom(acquisition_seed).child("miniscope_acquisition");
  const jitter = random.stream("jitter");
  const gaps = random.stream("gaps");
  let gapLeft = 0;
  let latest = 0;
  let written = 0;
  return Array.from({ length: frames }, (_, frame): AcquiredFrame => {
    const true_time_ms = (frame * 1000) / fps;
    const error = timestamp_jitter_ms === 0 ? 0 : timestamp_jitter_ms * jitter.normal();
    latest = Math.max(latest, Math.round(true_time_ms + error));
    const begins = frame > 0 && drop_probability > 0 && gaps.bernoulli(drop_probability);
    if (gapLeft === 0 && begins) gapLeft = 1 + gaps.geometric(1 / mean_gap_frames);
    const isLost = gapLeft > 0;
    if (isLost) gapLeft -= 1;
    return { true_time_ms, time_stamp_ms: latest, written_frame: isLost ? null : written++ };
  });
}

/** The log: one line a simulated frame. */
export function acquisitionLog(frames: readonly AcquiredFrame[]): string {
  const lines = frames.map(({ true_time_ms, time_stamp_ms, written_frame }, frame) =>
    [frame, true_time_ms, time_stamp_ms, written_frame ?? "", written_frame === null ? 1 : 0].join(
      ",",
    ),
  );
  return `${["source_frame,true_time_ms,time_stamp_ms,written_frame,lost", ...lines].join("\n")}\n`;
}
