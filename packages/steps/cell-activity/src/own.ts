// Spikes and traces of one's own, in place of the model's.
import type { FrameSeries } from "@minisim/pipeline";
import type { SpikeSource, TimeWindow } from "./trains.ts";

/** The spikes of each cell before a time. */
export const spikesBefore = (trains: readonly (readonly number[])[], end_s: number): number[][] =>
  trains.map((train) => train.filter((time) => time < end_s));

/** Seconds from the start of frame 0, a list for each cell in any order. Cells beyond the lists are silent; spikes beyond the end are left out. */
export function ownSpikes(
  trains: readonly (readonly number[])[],
  { fps, n_frames }: Pick<TimeWindow, "fps" | "n_frames">,
): SpikeSource {
  const kept = spikesBefore(trains, n_frames / fps);
  return { spikesOf: (cell) => Float64Array.from(kept[cell] ?? []).sort() };
}

/** C = gain · f0 · (1 + ΔF/F₀), from a list of ΔF/F₀ for each cell; cells beyond the lists rest. */
export function ownTraces(
  dff: readonly (readonly number[])[],
  f0: number,
  gains: Float64Array,
  n_frames: number,
): FrameSeries {
  return {
    rows: gains.length,
    frames: n_frames,
    read(cell, start, end, target, at) {
      const trace = dff[cell];
      const rest = gains[cell]! * f0;
      for (let frame = start; frame < end; frame++) {
        target[at + frame - start] = rest * (1 + (trace?.[frame] ?? 0));
      }
    },
  };
}
