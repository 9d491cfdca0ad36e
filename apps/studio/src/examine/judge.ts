// A score as the page draws it: classes with their outlines, counts, and the ceiling that is predicted.
import { contours } from "@minisim/figures";
import { orderStatistic } from "@minisim/kernels/statistics";
import type { Recorded } from "@minisim/recording";
import { type EstimateInput, footprintsOnField, score } from "@minisim/scoring";
import type { Drawn, Judgement } from "./types.ts";

export async function judgementOf(
  name: string,
  estimate: EstimateInput,
  recorded: Recorded,
): Promise<Judgement> {
  const truth = await recorded.truth();
  const report = score(estimate, truth, { fps: recorded.spec.acquisition.fps });
  const [height, width] = truth.fov_shape;
  const drawn = footprintsOnField(estimate, report.grid, { height, width });
  const missed = [...report.cells.entries()].filter(
    ([, cell]) => cell.counted && cell.class === "missed",
  );
  const [top, left] = truth.fov_offset;
  return {
    name,
    summary: report.summary(),
    recall: report.recall,
    precision: report.precision,
    n_matched: report.n_matched,
    n_true: report.n_true,
    n_est: report.n_est,
    n_excused: report.n_excused,
    median_trace_corr: report.median_trace_corr,
    ceiling_trace_corr: medianOf(
      report.cells.flatMap(({ counted, predicted_trace_corr: r }) =>
        counted && r !== null ? [r] : [],
      ),
    ),
    estimates: report.estimates.map((row, k) => ({
      class: row.class,
      loops: loopsOf(drawn.at(k), 0, 0),
    })),
    missed: missed.map(([unit]) => ({
      class: "missed",
      loops: loopsOf(truth.observed_footprints.at(unit), top, left),
    })),
    missedBecause: report.missed_because,
    notes: report.notes,
    shifts: truth.shifts ? truth.shifts.data.slice() : null,
  };
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? null : orderStatistic(sorted, 0.5);
}

interface Footprint {
  readonly row: number;
  readonly col: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** At half of the peak, in pixels of the field of view. */
function loopsOf({ row, col, height, width, data }: Footprint, top: number, left: number) {
  const peak = data.reduce((most, value) => Math.max(most, value), 0);
  const loops: Drawn<"found">["loops"] =
    peak > 0
      ? contours({ height, width, data }, 0.5 * peak).map((loop) =>
          Float32Array.from(loop.flatMap(([y, x]) => [row - top + y + 0.5, col - left + x + 0.5])),
        )
      : [];
  return loops;
}
