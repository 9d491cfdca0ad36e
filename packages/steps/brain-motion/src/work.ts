// What motion takes: the oscillator at its own rate, under its drives, and more footprints of each cell where the focus moves.
import { meanPatchPx, type Work, type WorkContext } from "@minisim/pipeline";
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

// Of the standard scope over CA1, with a focus that moves by some micrometres: three rungs a cell in place of one.
const MORE_FOOTPRINTS = 2;

export function brainMotionWork({
  params,
  geometry: { fps, n_frames, canvas },
  cells,
}: WorkContext<Frozen<z.output<typeof schema>>>): Work {
  const simulated = params.trajectory_um === null && params.model === "physical";
  const axial = params.axial_motion_um > 0;
  const steps = simulated || axial ? n_frames * fineRate(fps).steps : 0;
  const footprint_px = cells
    .filter(({ has_trace }) => axial && has_trace)
    .map((group) => group.count * meanPatchPx(group.side_px + 2 * group.blur_px, canvas))
    .reduce((sum, px) => sum + MORE_FOOTPRINTS * px, 0);
  return {
    footprint_px,
    held_bytes: BYTES_PER_FRAME * n_frames,
    passing_bytes: BYTES_PER_STEP * steps,
    longest_array: Math.max(steps, 2 * n_frames),
    operations: STEP_NS * steps + FRAME_NS * n_frames,
  };
}
