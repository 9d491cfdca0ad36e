// What motion takes: the oscillator at its own rate, under three drives.
import type { Work, WorkContext } from "@minisim/pipeline";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import { fineRate } from "./oscillator.ts";
import type { params as schema } from "./params.ts";

// Nanoseconds, measured: a step of the oscillator, of all drives and responses; a frame, sorted, scaled and cut.
const STEP_NS = 650;
const FRAME_NS = 600;

// A drive and what becomes of it, on the way.
const BYTES_PER_STEP = 4 * 8;
const BYTES_PER_FRAME = 8 * 8;

export function brainMotionWork({
  params,
  geometry: { fps, n_frames },
}: WorkContext<Frozen<z.output<typeof schema>>>): Work {
  const simulated = params.trajectory_um === null && params.model === "physical";
  const steps = simulated ? n_frames * fineRate(fps).steps : 0;
  return {
    held_bytes: BYTES_PER_FRAME * n_frames,
    passing_bytes: BYTES_PER_STEP * steps,
    longest_array: Math.max(steps, 2 * n_frames),
    operations: STEP_NS * steps + FRAME_NS * n_frames,
  };
}
