// What making cells fire takes, expected from the parameters: spikes, most of all.
import type { Work, WorkContext } from "@minisim/pipeline";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import type { cellActivityParams } from "./params.ts";
import { pastFrames } from "./past.ts";
import { responseOf } from "./response.ts";
import { wholePerFrame } from "./trains.ts";

type Params = Frozen<z.output<typeof cellActivityParams>>;

// Nanoseconds: a stream; a frame and a spike, drawn, filtered and read once for sums and extremes; a sample through a Hill curve; a stay of the
// gate; a normal draw of noise and the stream of a stretch of 64 frames, each time that a trace is read. Those of a frame, a spike, a stay and noise
// were measured; the others are estimates.
const STREAM_NS = 20_000;
const FRAME_NS = 15;
const SPIKE_NS = 140;
const SAMPLE_NS = 40;
const STAY_NS = 100;
const NOISE_NS = 400;
// A common event that a member decides upon; what a filter prepares for a sample of a frame.
const EVENT_NS = 100;
const FILTER_SAMPLE_NS = 200;

// A spike is remembered as its place; its time is made for the truth.
const BYTES_PER_SPIKE = 8 + 12;
// Two states of the filter every 64 frames.
const BYTES_PER_FRAME = 16 / 64;
const BYTES_PER_CELL = 2000;
// Two powers and two sums for each sample of a frame in a filter.
const BYTES_PER_FILTER_SAMPLE = 32;
// The time of a common event.
const BYTES_PER_EVENT = 8;
/** The spikes of one train while it grows. */
const BYTES_PER_NEW_SPIKE = 24;

export function cellActivityWork({
  params,
  geometry: { fps, n_frames },
  cells,
}: WorkContext<Params>): Work {
  const count = cells.reduce((sum, group) => sum + group.count, 0);
  const { taus, curve } = responseOf(params);
  const frames = n_frames + pastFrames(params, taus, fps);
  const own = params.spike_times_s ?? (params.dff ? [] : null);
  const spikes = own
    ? own.reduce((sum, train) => sum + train.length, 0) / Math.max(1, count)
    : frames * spikesPerFrame(params, fps);
  const perFrame = wholePerFrame(params.sampling_hz, fps);
  const samples = curve ? n_frames * perFrame : 0;
  // Filters: that of all cells, and one of each where they differ.
  const filters = 1 + (params.kinetics_cv > 0 ? count : 0);
  const events = own ? 0 : eventsOf(params, frames / fps);
  const noise = params.trace_noise > 0 ? NOISE_NS * n_frames : 0;
  const perCell = BYTES_PER_CELL + BYTES_PER_FRAME * n_frames + BYTES_PER_SPIKE * spikes;
  return {
    cells: cells.map((group) => ({ ...group, has_trace: true })),
    held_bytes: count * perCell + BYTES_PER_FILTER_SAMPLE * filters * perFrame,
    passing_bytes: BYTES_PER_NEW_SPIKE * spikes + BYTES_PER_EVENT * events,
    longest_array: Math.max(count * spikes, events),
    operations:
      FILTER_SAMPLE_NS * filters * perFrame +
      count *
        (STREAM_NS * streamsPerCell(params) +
          FRAME_NS * frames +
          SPIKE_NS * spikes +
          SAMPLE_NS * samples +
          EVENT_NS * params.assembly_size * events +
          STAY_NS * staysOf(params, frames) +
          noise),
  };
}

/** Of all assemblies. */
function eventsOf({ firing, assemblies, assembly_rate_hz }: Params, seconds: number): number {
  return firing === "gate" ? 0 : assemblies * assembly_rate_hz * seconds;
}

function streamsPerCell({ firing, assemblies, assembly_size }: Params): number {
  return firing === "gate" ? 5 : 9 + 2 * assemblies * assembly_size;
}

function staysOf(
  { firing, gate_p_open: opening, gate_p_close: closing }: Params,
  frames: number,
): number {
  if (firing !== "gate") return 0;
  return opening === 0 ? 1 : (2 * frames * opening * closing) / (opening + closing);
}

function spikesPerFrame(params: Params, fps: number): number {
  return params.firing === "gate" ? ofGate(params, fps) : ofBursts(params) / fps;
}

/** In the stationary state of the gate, at most one a fine bin. */
function ofGate(params: Params, fps: number): number {
  const { gate_p_open: opening, gate_p_close: closing } = params;
  const bins = wholePerFrame(params.gate_bin_hz, fps);
  const active = opening === 0 ? 0 : opening / (opening + closing);
  const perFrame = (rate_hz: number) => Math.min(rate_hz / fps, bins);
  return (
    active * perFrame(params.gate_open_rate_hz) +
    (1 - active) * perFrame(params.gate_closed_rate_hz)
  );
}

/** Spikes per second, those of events included; more than there are where members of low rates take no part. */
function ofBursts(params: Params): number {
  const joined = eventsOf(params, 1) * params.assembly_size * params.assembly_participation;
  const together = joined * params.burst_mean;
  return (1 - params.silent_fraction) * (params.rate_hz + together);
}
