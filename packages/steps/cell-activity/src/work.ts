// What making cells fire takes, expected from the parameters: spikes, most of all.
import type { Work, WorkContext } from "@minisim/pipeline";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import type { cellActivityParams } from "./params.ts";

// Nanoseconds, measured: a cell's streams; a frame and a spike, drawn, filtered and read once for sums and extremes; a stay of
// the gate; a normal draw of noise and the stream of a stretch of 64 frames, each time that a trace is read.
const STREAMS_NS = 60_000;
const FRAME_NS = 15;
const SPIKE_NS = 140;
const STAY_NS = 100;
const NOISE_NS = 400;

// A spike is remembered as its bin; its time is made for the truth.
const BYTES_PER_SPIKE = 4 + 12;
// Two states of the filter every 64 frames.
const BYTES_PER_FRAME = 16 / 64;
const BYTES_PER_CELL = 500;
/** The bins of one train while it grows. */
const BYTES_PER_NEW_SPIKE = 12;

export function cellActivityWork({
  params,
  geometry: { fps, n_frames },
  cells,
}: WorkContext<Frozen<z.output<typeof cellActivityParams>>>): Work {
  const count = cells.reduce((sum, group) => sum + group.count, 0);
  const frames = n_frames + 6 * params.tau_decay_s * fps;
  const spikes = frames * spikesPerFrame(params, fps);
  const { p_quiescent_to_active: opening, p_active_to_quiescent: closing } = params;
  const stays = opening === 0 ? 1 : (2 * frames * opening * closing) / (opening + closing);
  const noise = params.trace_noise > 0 ? NOISE_NS * n_frames : 0;
  return {
    cells: cells.map((group) => ({ ...group, has_trace: true })),
    held_bytes: count * (BYTES_PER_CELL + BYTES_PER_FRAME * n_frames + BYTES_PER_SPIKE * spikes),
    passing_bytes: BYTES_PER_NEW_SPIKE * spikes,
    longest_array: count * spikes,
    operations:
      count * (STREAMS_NS + FRAME_NS * frames + SPIKE_NS * spikes + STAY_NS * stays + noise),
  };
}

/** In the stationary state of the gate, at most one a fine bin. */
function spikesPerFrame(params: Frozen<z.output<typeof cellActivityParams>>, fps: number): number {
  const { p_quiescent_to_active: opening, p_active_to_quiescent: closing } = params;
  const bins = Math.max(1, Math.round(params.spike_sim_hz / fps));
  const active = opening === 0 ? 0 : opening / (opening + closing);
  const perFrame = (rate_hz: number) => Math.min(rate_hz / fps, bins);
  return (
    active * perFrame(params.active_rate_hz) + (1 - active) * perFrame(params.quiescent_rate_hz)
  );
}
