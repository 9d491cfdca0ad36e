// What goes wrong in which frame. Every fault has a stream of its own, and a longer recording begins as a shorter one.
import type { Random, Stream } from "@minisim/random";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import type { params } from "./params.ts";

export type Faults = Frozen<z.output<typeof params>>;

/** Bits of the code of a frame. */
export const LOST = 1;
export const DUPLICATED = 2;
export const TORN = 4;
export const STRIPED = 8;

/** One value a frame each. */
export interface Log {
  /** The sum of what is wrong with it. */
  readonly fault: Float64Array;
  /** The frame that was exposed for the rows that are delivered, those above a tear and those below; −1: black. */
  readonly upper: Int32Array;
  readonly lower: Int32Array;
  /** The first row below the tear; the height where there is none. */
  readonly tear: Int32Array;
  readonly amplitude: Float64Array;
  readonly phase: Float64Array;
}

/** What is delivered in the place of each frame. A frame that is delivered once more is the same with its tear and its stripes. */
export function logOf(faults: Faults, n_frames: number, height: number, random: Random): Log {
  const lost = lostFrames(faults, n_frames, random);
  const [duplicated, torn, striped] = ["duplicated", "torn", "striped"].map((name) =>
    random.stream(name),
  ) as [Stream, Stream, Stream];
  const log = emptyLog(n_frames, height);
  let exposed = 0;
  for (let t = 0; t < n_frames; t++) {
    const isDuplicate = duplicated.bernoulli(faults.duplicated_rate) && t > 0;
    // From the second row to the last.
    const tear = torn.bernoulli(faults.torn_rate) ? 1 + torn.integer(height - 1 || 1) : height;
    const amplitude = striped.bernoulli(faults.striped_rate) ? faults.stripe_amplitude : 0;
    const phase = striped.uniform();
    if (isDuplicate) {
      log.fault[t] = DUPLICATED;
      repeat(log, t);
      continue;
    }
    const frame = exposed++;
    if (lost[t]) {
      log.fault[t] = LOST;
      if (faults.lost_fill === "repeat") repeat(log, t);
      continue;
    }
    log.upper[t] = frame;
    log.lower[t] = tear < height && t > 0 ? log.upper[t - 1]! : frame;
    if (t > 0) log.tear[t] = Math.min(tear, height);
    log.amplitude[t] = amplitude;
    log.phase[t] = phase;
    log.fault[t] = (log.tear[t]! < height ? TORN : 0) + (amplitude > 0 ? STRIPED : 0);
  }
  return log;
}

/** A log of black frames. */
const emptyLog = (n_frames: number, height: number): Log => ({
  fault: new Float64Array(n_frames),
  upper: new Int32Array(n_frames).fill(-1),
  lower: new Int32Array(n_frames).fill(-1),
  tear: new Int32Array(n_frames).fill(height),
  amplitude: new Float64Array(n_frames),
  phase: new Float64Array(n_frames),
});

function repeat({ upper, lower, tear, amplitude, phase }: Log, t: number): void {
  for (const column of [upper, lower, tear, amplitude, phase]) column[t] = column[t - 1]!;
}

/** Runs of lost frames, of geometric length. The first frame is there: before it there is nothing to repeat. */
function lostFrames(
  { lost_rate, lost_run_frames }: Faults,
  n_frames: number,
  random: Random,
): Uint8Array {
  const stream = random.stream("lost");
  const lost = new Uint8Array(n_frames);
  for (let t = 1; t < n_frames; t++) {
    const goesOn = lost[t - 1] === 1 && stream.bernoulli(1 - 1 / lost_run_frames);
    lost[t] = goesOn || stream.bernoulli(lost_rate) ? 1 : 0;
  }
  return lost;
}

/**
 * The time that the acquisition notes for each frame, s after the start of frame 0: the end of its period, and an exponential delay until the clock
 * is read. The clock is read for one frame after the other, so no frame is stamped before the one ahead of it.
 */
export function timestampsOf(
  { timestamp_jitter_s }: Faults,
  n_frames: number,
  fps: number,
  random: Random,
): Float64Array {
  const stream = random.stream("clock");
  const stamps = new Float64Array(n_frames);
  for (let t = 0; t < n_frames; t++) {
    const read_s = (t + 1) / fps + timestamp_jitter_s * stream.exponential();
    stamps[t] = Math.max(read_s, stamps[t - 1] ?? 0);
  }
  return stamps;
}
