// The activity of all cells: gate → spikes → calcium → expression gain.
import type { Stream } from "@minisim/random";
import { calciumFilter } from "./calcium.ts";
import { type Firing, gateDwells, spikeBins } from "./spikes.ts";

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

/** Cell × frame arrays, amplitude per cell; cell i owns spike times data[offsets[i] .. offsets[i + 1]), ascending. */
export interface Activity {
  readonly C: Float64Array;
  readonly S: Float64Array;
  readonly amplitude: Float64Array;
  readonly spike_times_s: { readonly offsets: Int32Array; readonly data: Float64Array };
}

/** @param draws a cell's own stream for each purpose */
export function simulateActivity(
  model: ActivityModel,
  recording: { readonly fps: number; readonly n_frames: number },
  n_cells: number,
  draws: (cell: number, purpose: Purpose) => Stream,
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

  const C = new Float64Array(n_cells * n_frames);
  const S = new Float64Array(n_cells * n_frames);
  const amplitude = new Float64Array(n_cells);
  const offsets = new Int32Array(n_cells + 1);
  const times_s: number[] = [];
  const calcium = new Float64Array(burn_in + n_frames);
  for (let cell = 0; cell < n_cells; cell++) {
    const row = cell * n_frames;
    const dwells = gateDwells(firing, calcium.length, draws(cell, "gate"));
    const bins = [...spikeBins(dwells, firing, bins_per_frame, draws(cell, "spikes"))];
    for (const fromStart of bins) {
      const bin = fromStart - burn_in * bins_per_frame;
      if (bin < 0) continue;
      S[row + Math.floor(bin / bins_per_frame)]! += 1;
      times_s.push(bin / fine_hz);
    }
    offsets[cell + 1] = times_s.length;

    filter(bins, calcium);
    const gain = draws(cell, "gain").lognormal(1, model.brightness_cv);
    amplitude[cell] = gain;
    for (let t = 0; t < n_frames; t++) C[row + t] = gain * (model.f0 + calcium[burn_in + t]!);
    if (model.trace_noise > 0) {
      const noise = draws(cell, "noise");
      for (let t = 0; t < n_frames; t++) C[row + t]! += model.trace_noise * noise.normal();
    }
  }
  return { C, S, amplitude, spike_times_s: { offsets, data: Float64Array.from(times_s) } };
}
