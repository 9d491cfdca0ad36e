// The activity of all cells: gate → spikes → calcium → expression gain.
import type { FrameSeries } from "@minisim/pipeline";
import type { Stream } from "@minisim/random";
import { calciumFilter } from "./calcium.ts";
import { countSpikes, type Firing, firstAtOrAfter, gateDwells, spikeBins } from "./spikes.ts";

/** Units as in the spec. */
export interface ActivityModel {
  readonly spike_sim_hz: number;
  readonly p_quiescent_to_active: number;
  readonly p_active_to_quiescent: number;
  readonly active_rate_hz: number;
  readonly quiescent_rate_hz: number;
  readonly tau_rise_s: number;
  readonly tau_decay_s: number;
  readonly brightness_cv: number;
  readonly f0: number;
  readonly trace_noise: number;
}

export type Purpose = "gate" | "spikes" | "gain" | "noise";

/** amplitude per cell; cell i owns spike times data[offsets[i] .. offsets[i + 1]), ascending. */
export interface Activity {
  readonly C: FrameSeries;
  readonly S: FrameSeries;
  readonly amplitude: Float64Array;
  readonly spike_times_s: { readonly offsets: Int32Array; readonly data: Float64Array };
}

/** @param draws a cell's own stream for each purpose, and piece of it */
export function simulateActivity(
  model: ActivityModel,
  recording: { readonly fps: number; readonly n_frames: number },
  n_cells: number,
  draws: (cell: number, purpose: Purpose, piece?: number) => Stream,
): Activity {
  const { fps, n_frames } = recording;
  const bins_per_frame = Math.max(1, Math.round(model.spike_sim_hz / fps));
  const fine_hz = bins_per_frame * fps;
  const firing: Firing = {
    p_quiescent_to_active: model.p_quiescent_to_active,
    p_active_to_quiescent: model.p_active_to_quiescent,
    p_quiescent_spike: Math.min(model.quiescent_rate_hz / fine_hz, 1),
    p_active_spike: Math.min(model.active_rate_hz / fine_hz, 1),
  };
  // exp(−6) = 0.25 % of the calcium of spikes before the burn-in is missing at frame 0.
  const burn_in = Math.ceil(6 * model.tau_decay_s * fps);
  const filter = calciumFilter(model, { bins_per_frame, bin_s: 1 / fine_hz });

  const trains: Int32Array[] = [];
  const states: Float64Array[] = [];
  const amplitude = new Float64Array(n_cells);
  const offsets = new Int32Array(n_cells + 1);
  for (let cell = 0; cell < n_cells; cell++) {
    const dwells = gateDwells(firing, burn_in + n_frames, draws(cell, "gate"));
    const train = spikeBins(dwells, firing, bins_per_frame, draws(cell, "spikes"));
    const first = burn_in * bins_per_frame;
    for (let i = 0; i < train.length; i++) train[i]! -= first;
    const kept = firstAtOrAfter(train, 0);
    trains.push(train.slice(kept));
    states.push(filter.checkpoints(train, -burn_in, n_frames));
    offsets[cell + 1] = offsets[cell]! + train.length - kept;
    amplitude[cell] = draws(cell, "gain").lognormal(1, model.brightness_cv);
  }

  const C: FrameSeries = {
    rows: n_cells,
    frames: n_frames,
    read(cell, start, end, target, at) {
      filter.read(trains[cell]!, states[cell]!, start, end, target, at);
      const gain = amplitude[cell]!;
      for (let i = at; i < at + end - start; i++) target[i] = gain * (model.f0 + target[i]!);
      if (model.trace_noise > 0) addNoise(cell, start, end, target, at);
    },
  };
  const S: FrameSeries = {
    rows: n_cells,
    frames: n_frames,
    read: (cell, start, end, target, at) =>
      countSpikes(trains[cell]!, bins_per_frame, start, end, target, at),
  };
  return {
    C,
    S,
    amplitude,
    // Made when asked for: an hour of a thousand cells has ten million spikes.
    get spike_times_s() {
      const data = new Float64Array(offsets[n_cells]!);
      for (const [cell, train] of trains.entries()) {
        for (let i = 0; i < train.length; i++) data[offsets[cell]! + i] = train[i]! / fine_hz;
      }
      return { offsets, data };
    },
  };

  /** Every stretch of NOISE_FRAMES frames has a stream of its own, so that any stretch can be read alone. */
  function addNoise(cell: number, start: number, end: number, target: Float64Array, at: number) {
    for (let piece = Math.floor(start / NOISE_FRAMES); piece * NOISE_FRAMES < end; piece++) {
      const noise = draws(cell, "noise", piece);
      const last = Math.min(end, (piece + 1) * NOISE_FRAMES);
      for (let frame = piece * NOISE_FRAMES; frame < last; frame++) {
        const value = model.trace_noise * noise.normal();
        if (frame >= start) target[at + frame - start]! += value;
      }
    }
  }
}

const NOISE_FRAMES = 64;
