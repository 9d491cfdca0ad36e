// What motion takes: the oscillator at its own rate, under its drives, and more footprints of each cell where the focus moves.
import { area, meanPatchPx, type Work, type WorkContext } from "@minisim/pipeline";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import { BENDS, TURNS } from "./deformation.ts";
import { fineRate } from "./oscillator.ts";
import type { params as schema } from "./params.ts";

// Nanoseconds, measured: a step of the oscillator, of all drives and responses; a frame, sorted, scaled and cut.
const STEP_NS = 650;
const FRAME_NS = 600;

// A drive and what becomes of it, on the way.
const BYTES_PER_STEP = 4 * 8;
const BYTES_PER_FRAME = 8 * 8;

// A field of displacement at the pixels of both axes.
const FIELD_BYTES = 2 * 8;
// Estimate, a few times the cost of a normal draw: a value of a field, drawn and read from its splines.
const FIELD_VALUE_NS = 30;

// Of the standard scope over CA1, with a focus that moves by some micrometres: three rungs a cell in place of one.
const MORE_FOOTPRINTS = 2;

export function brainMotionWork({
  params,
  geometry: { fps, n_frames, canvas, fov },
  cells,
}: WorkContext<Frozen<z.output<typeof schema>>>): Work {
  const simulated = params.trajectory_um === null && params.model === "physical";
  const axial = params.axial_motion_um > 0;
  const rotation = params.rotation_deg > 0;
  const bending = params.nonrigid_um > 0;
  const responses = Number(simulated) + Number(axial || rotation) / 2 + (bending ? BENDS / 3 : 0);
  const steps = responses > 0 ? n_frames * fineRate(fps).steps : 0;
  const fields = (rotation ? TURNS : 0) + (bending ? BENDS : 0);
  const footprint_px = cells
    .filter(({ has_trace }) => axial && has_trace)
    .map((group) => group.count * meanPatchPx(group.side_px + 2 * group.blur_px, canvas))
    .reduce((sum, px) => sum + MORE_FOOTPRINTS * px, 0);
  return {
    footprint_px,
    displaced_px: fields > 0 ? area(fov) : 0,
    held_bytes: BYTES_PER_FRAME * n_frames + FIELD_BYTES * fields * area(fov),
    passing_bytes: BYTES_PER_STEP * steps,
    longest_array: Math.max(steps, 2 * n_frames, 2 * fields * area(fov)),
    operations:
      STEP_NS * responses * steps + FRAME_NS * n_frames + 2 * FIELD_VALUE_NS * fields * area(fov),
  };
}
