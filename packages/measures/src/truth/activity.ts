// How cells fire and what their traces do.
import { log } from "@minisim/kernels/math";
import type { GroundTruth } from "@minisim/recording";
import { type Quantiles, quantilesOf } from "../median.ts";
import { eventsOf } from "./events.ts";
import { pairCorrelation } from "./pair-correlation.ts";

export interface ActivityMeasures {
  /** Spikes per second, over cells. */
  readonly rate_hz: Quantiles;
  /** Frames with a spike per minute, over cells: what a deconvolution can tell of a rate. */
  readonly active_frames_per_min: Quantiles;
  /** Standard deviation over cells of log10 of active_frames_per_min, of those that fire; null for fewer than three. */
  readonly log10_rate_sd: number | null;
  /** Share of cells without any spike. */
  readonly silent_share: number;
  /** Correlation of pairs of cells, of their active frames in bins of 1 s. */
  readonly spike_correlation_1s: Quantiles;
  /** Correlation of pairs of cells, of their clean traces. */
  readonly trace_correlation: Quantiles;
  /** Largest value of a clean trace over its least, less 1, over cells. */
  readonly peak_dff: Quantiles;
  /** Transients per minute, over cells. */
  readonly events_per_min: Quantiles;
  /** Time from the peak of a transient to half of its height, over transients. */
  readonly half_decay_s: Quantiles;
}

/** Null where the cells have no activity, or the recording has fewer frames than a spectrum needs. */
export function activityOf(
  truth: GroundTruth,
  units: readonly number[],
  fps: number,
): ActivityMeasures | null {
  const frames = truth.n_frames;
  const gain = truth.field("amplitude_per_cell").rows(0, truth.n_units);
  if (frames < 8 || units.length === 0 || units.every((unit) => Number.isNaN(gain[unit]))) {
    return null;
  }
  const minutes = frames / fps / 60;
  const spikes = (unit: number) => truth.field("S").rows(unit, unit + 1);
  const calcium = (unit: number) => truth.field("C").rows(unit, unit + 1) as Float64Array;
  const counts = units.map((unit) => countsOf(spikes(unit)));
  const active = counts.map(({ frames_active }) => frames_active / minutes);
  const traces = units.map((unit) => traceStatistics(calcium(unit), frames, fps));
  const bin = Math.max(1, Math.floor(fps));
  const bins = Math.floor(frames / bin);
  return {
    rate_hz: quantilesOf(counts.map(({ spikes }) => (spikes * fps) / frames)),
    active_frames_per_min: quantilesOf(active),
    log10_rate_sd: logSd(active),
    silent_share: active.filter((rate) => rate === 0).length / units.length,
    spike_correlation_1s: pairCorrelation(units.length, bins, (k) =>
      binnedActivity(spikes(units[k]!), bin, bins),
    ),
    trace_correlation: pairCorrelation(units.length, frames, (k) => calcium(units[k]!)),
    peak_dff: quantilesOf(traces.map(({ peak_dff }) => peak_dff)),
    events_per_min: quantilesOf(traces.map(({ n_events }) => n_events / minutes)),
    half_decay_s: quantilesOf(traces.flatMap(({ half_decays_s }) => half_decays_s)),
  };
}

function countsOf(spikes: ArrayLike<number>) {
  let [sum, frames_active] = [0, 0];
  for (let t = 0; t < spikes.length; t++) {
    sum += spikes[t]!;
    if (spikes[t]! > 0) frames_active++;
  }
  return { spikes: sum, frames_active };
}

function traceStatistics(trace: Float64Array, frames: number, fps: number) {
  const { peaks, half_decays_s } = eventsOf(frames, fps)(trace);
  const highest = trace.reduce((a, b) => Math.max(a, b));
  const lowest = trace.reduce((a, b) => Math.min(a, b));
  // Where a cell is dark at rest, there is no ratio.
  const peak_dff = lowest > 0 ? highest / lowest - 1 : Number.NaN;
  return { peak_dff, n_events: peaks.length, half_decays_s };
}

function logSd(rates: readonly number[]): number | null {
  const logs = rates.filter((rate) => rate > 0).map((rate) => log(rate) / Math.LN10);
  if (logs.length < 3) return null;
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  return Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length);
}

/** Active frames in each bin. */
function binnedActivity(spikes: ArrayLike<number>, bin: number, bins: number): Float64Array {
  const sums = new Float64Array(bins);
  for (let t = 0; t < bins * bin; t++) if (spikes[t]! > 0) sums[Math.floor(t / bin)]!++;
  return sums;
}
