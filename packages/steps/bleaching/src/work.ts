// What bleaching takes: one pass over all traces, and the pool's value every 64 frames.
import type { Work, WorkContext } from "@minisim/pipeline";

// Nanoseconds, measured: a frame of a cell, its trace read twice and its pool advanced.
const FRAME_NS = 30;
const BYTES_PER_FRAME = 8 / 64;

export function bleachingWork({ geometry: { n_frames }, cells }: WorkContext<unknown>): Work {
  const count = cells.reduce((sum, group) => sum + (group.has_trace ? group.count : 0), 0);
  return {
    held_bytes: BYTES_PER_FRAME * count * n_frames,
    operations: FRAME_NS * count * n_frames,
  };
}
