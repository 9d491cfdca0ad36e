// The activity of all cells: spikes → calcium → light, with what each cell has of its own.
import { firstAtOrAfter } from "@minisim/kernels/statistics";
import type { FrameSeries } from "@minisim/pipeline";
import type { Stream } from "@minisim/random";
import { type CalciumFilter, calciumFilter } from "./calcium.ts";
import type { Response } from "./response.ts";
import { spikeNorm } from "./spike-norm.ts";
import type { KernelTaus } from "./timing.ts";
import { countSpikes, type SampleGrid, type SpikeSource, type TimeWindow } from "./trains.ts";

/** Units as in the spec. */
export interface CellSpread {
  readonly kinetics_cv: number;
  readonly response_cv: number;
  readonly brightness_cv: number;
  readonly f0: number;
  readonly trace_noise: number;
}

export type CellPurpose = "gain" | "kinetics" | "response" | "noise";

/** amplitude per cell; cell i owns spike times data[offsets[i] .. offsets[i + 1]), ascending. */
export interface Activity {
  readonly C: FrameSeries;
  readonly S: FrameSeries;
  /** Free calcium in units of the resting level; null where light is linear in it. */
  readonly calcium: FrameSeries | null;
  readonly amplitude: Float64Array;
  readonly spike_norm: Float64Array;
  readonly spike_times_s: { readonly offsets: Int32Array; readonly data: Float64Array };
}

interface Cell {
  /** Spikes from frame 0 on, as places among the samples. */
  readonly places: Float64Array;
  readonly taus: KernelTaus;
  readonly filter: CalciumFilter;
  readonly states: Float64Array;
  /** Calcium of its spikes over that of typical ones. */
  readonly response: number;
  readonly gain: number;
  /** ΔF/F₀ of its calcium; absent where light is linear. */
  readonly dff?: ((calcium: number) => number) | undefined;
}

export interface ActivityOptions {
  readonly spread: CellSpread;
  readonly response: Response;
  readonly grid: SampleGrid;
  readonly window: TimeWindow;
  readonly n_cells: number;
  readonly source: SpikeSource;
  /** A cell's own stream for each purpose, and piece of it. */
  readonly draws: (cell: number, purpose: CellPurpose, piece?: number) => Stream;
}

export function simulateActivity(options: ActivityOptions): Activity {
  const { spread, grid, n_cells, draws } = options;
  const { curve } = options.response;
  const { n_frames } = options.window;
  const cells = cellsOf(options);
  const series = (read: FrameSeries["read"]): FrameSeries => ({
    rows: n_cells,
    frames: n_frames,
    read,
  });

  const C = series((index, start, end, target, at) => {
    const { filter, places, states, response, gain, dff } = cells[index]!;
    filter.read(places, states, start, end, target, at, dff);
    const { f0 } = spread;
    for (let i = at; i < at + end - start; i++) {
      target[i] = dff ? gain * (f0 * (1 + target[i]!)) : gain * (f0 + response * target[i]!);
    }
    if (spread.trace_noise > 0) addNoise(index, start, end, target, at);
  });
  const S = series((index, start, end, target, at) =>
    countSpikes(cells[index]!.places, grid, start, end, target, at),
  );
  const calcium = (spike_calcium: number) =>
    series((index, start, end, target, at) => {
      const { filter, places, states, response } = cells[index]!;
      filter.read(places, states, start, end, target, at);
      for (let i = at; i < at + end - start; i++) {
        target[i] = 1 + spike_calcium * response * target[i]!;
      }
    });
  return {
    C,
    S,
    calcium: curve && calcium(curve.spike_calcium),
    amplitude: Float64Array.from(cells, ({ gain }) => gain),
    spike_norm: Float64Array.from(cells, ({ taus, response, gain, dff }) =>
      dff
        ? gain * spread.f0 * spikeNorm(taus, dff, 1 / options.window.fps)
        : gain * response * spikeNorm(taus, (calcium) => calcium, 1 / options.window.fps),
    ),
    // Made when asked for: an hour of a thousand cells has ten million spikes.
    get spike_times_s() {
      return timesOf(cells, grid);
    },
  };

  /** Every stretch of NOISE_FRAMES frames has a stream of its own, so that any stretch can be read alone. */
  function addNoise(cell: number, start: number, end: number, target: Float64Array, at: number) {
    for (let piece = Math.floor(start / NOISE_FRAMES); piece * NOISE_FRAMES < end; piece++) {
      const noise = draws(cell, "noise", piece);
      const last = Math.min(end, (piece + 1) * NOISE_FRAMES);
      for (let frame = piece * NOISE_FRAMES; frame < last; frame++) {
        const value = spread.trace_noise * noise.normal();
        if (frame >= start) target[at + frame - start]! += value;
      }
    }
  }
}

const NOISE_FRAMES = 64;

function cellsOf(options: ActivityOptions): readonly Cell[] {
  const { spread, grid, window, n_cells, source, draws } = options;
  const { taus, curve } = options.response;
  const typical = calciumFilter(taus, grid);
  const factor = (cell: number, purpose: CellPurpose, cv: number) =>
    cv === 0 ? 1 : draws(cell, purpose).lognormal(1, cv);
  return Array.from({ length: n_cells }, (_, index): Cell => {
    const places = grid.placesOf(source.spikesOf(index));
    const pace = factor(index, "kinetics", spread.kinetics_cv);
    const own = pace === 1 ? taus : slowed(taus, pace);
    const filter = pace === 1 ? typical : calciumFilter(own, grid);
    const response = factor(index, "response", spread.response_cv);
    return {
      places: places.slice(firstAtOrAfter(places, grid.startOf(0))),
      taus: own,
      filter,
      states: filter.checkpoints(places, -window.past_frames, window.n_frames),
      response,
      gain: factor(index, "gain", spread.brightness_cv),
      ...(curve && { dff: (calcium) => curve.dff(response * calcium) }),
    };
  });
}

const slowed = ({ tau_rise_s, tau_decay_s }: KernelTaus, factor: number): KernelTaus => ({
  tau_rise_s: factor * tau_rise_s,
  tau_decay_s: factor * tau_decay_s,
});

function timesOf(cells: readonly Cell[], grid: SampleGrid): Activity["spike_times_s"] {
  const offsets = new Int32Array(cells.length + 1);
  for (const [index, { places }] of cells.entries()) {
    offsets[index + 1] = offsets[index]! + places.length;
  }
  const data = new Float64Array(offsets[cells.length]!);
  for (const [index, { places }] of cells.entries()) {
    for (const [i, place] of places.entries()) data[offsets[index]! + i] = grid.timeAt(place);
  }
  return { offsets, data };
}
