// Activity of numbered cells, outside of any pipeline.
import { toDense } from "@minisim/pipeline";
import { createRandom } from "@minisim/random";
import { simulateActivity } from "../src/activity.ts";
import { burstSource } from "../src/bursts.ts";
import { gateSource } from "../src/gate.ts";
import { cellActivityParams } from "../src/params.ts";
import { pastFrames } from "../src/past.ts";
import { responseOf } from "../src/response.ts";
import { type SpikeSource, sampleGrid } from "../src/trains.ts";

export type Given = Parameters<typeof cellActivityParams.parse>[0] & object;

/** The first edition's cells, in today's words. */
export const FIRST_EDITION = {
  indicator: "linear",
  kinetics_cv: 0,
  response_cv: 0,
  f0: 1,
  sampling_hz: 300,
  firing: "gate",
} as const;

export interface Recorded {
  readonly n_cells: number;
  readonly n_frames: number;
  readonly fps?: number;
  readonly seed?: number;
  /** Spikes of one's own. */
  readonly source?: SpikeSource;
}

export function prepare(given: Given, recorded: Recorded) {
  const { n_cells, n_frames, fps = 20, seed = 0 } = recorded;
  const params = cellActivityParams.parse(given);
  const random = createRandom(seed);
  const ofCell = (cell: number, purpose: string, piece = 0) => random.stream(purpose, cell, piece);
  const draws = { ofCell, shared: (purpose: string, piece = 0) => random.stream(purpose, piece) };
  const response = responseOf(params);
  const window = { fps, n_frames, past_frames: pastFrames(params, response.taus, fps) };
  const grid = sampleGrid(fps, params.sampling_hz);
  const own = (params.firing === "gate" ? gateSource : burstSource)(params, window, draws);
  const source = recorded.source ?? own;
  const activity = simulateActivity({
    spread: params,
    response,
    grid,
    window,
    n_cells,
    source,
    draws: ofCell,
  });
  return { activity, params, response, window, grid, source };
}

export function simulate(given: Given, recorded: Recorded) {
  const { C, S, calcium, ...rest } = prepare(given, recorded).activity;
  const { amplitude, spike_times_s } = rest;
  return {
    amplitude,
    spike_times_s,
    C: toDense(C),
    S: toDense(S),
    calcium: calcium && toDense(calcium),
  };
}

/** Spike times of each cell. */
export const trainsOf = ({ offsets, data }: { offsets: Int32Array; data: Float64Array }) =>
  Array.from({ length: offsets.length - 1 }, (_, cell) => [
    ...data.subarray(offsets[cell], offsets[cell + 1]),
  ]);

export const mean = (values: ArrayLike<number>) =>
  (Array.prototype.reduce.call(values, (a, b) => (a as number) + (b as number), 0) as number) /
  values.length;

export const variance = (values: ArrayLike<number>) => {
  const m = mean(values);
  return mean(Array.from(values, (value) => (value - m) ** 2));
};
