// What a sweep asks of each point: what its pipelines find there, scored, as columns of a table.
import {
  CELL_CLASSES,
  type CellRow,
  ESTIMATE_CLASSES,
  type Report,
  type ScoreOptions,
  score,
} from "@minisim/scoring";
import type { EvaluateInput, Evaluation } from "@minisim/sweep/node";
import type { Simulator } from "minisim";
import type { SweepPipeline } from "./sweep-pipelines.ts";

/** One for each pipeline, so that what one has found is kept when another fails or comes later; without pipelines the cells are counted. */
export function evaluationsOf(
  pipelines: readonly SweepPipeline[],
  evaluate: (input: EvaluateInput, some: readonly SweepPipeline[]) => Promise<object>,
): Evaluation[] {
  if (pipelines.length === 0) return [{ name: "", evaluate: (input) => evaluate(input, []) }];
  return pipelines.map((pipeline) => ({
    name: `${pipeline.name} ${pipeline.version}`,
    evaluate: (input) => evaluate(input, [pipeline]),
  }));
}

/** A row of the table, and its rows of the table of cells. */
export async function scoredPoint(
  input: EvaluateInput,
  simulator: Simulator,
  pipelines: readonly SweepPipeline[],
  scoring: ScoreOptions,
): Promise<object> {
  const truth = await input.recording.truth();
  const { n_units, n_detectable } = truth;
  const row: Record<string, unknown> = { n_units, n_detectable };
  const cells: object[] = [];
  for (const { name, estimate } of pipelines) {
    const found = await estimate({ ...input, simulator });
    const report = score(found, truth, { fps: input.recording.spec.acquisition.fps, ...scoring });
    for (const field of SCORES) row[`${name}_${field}`] = report[field];
    for (const verdict of ESTIMATE_CLASSES) {
      row[`${name}_estimates_${verdict}`] = report.estimate_classes[verdict];
    }
    for (const verdict of CELL_CLASSES) {
      row[`${name}_cells_${verdict}`] = report.cell_classes[verdict];
    }
    cells.push(...report.cells.map((cell) => ({ pipeline: name, ...withoutLists(cell) })));
  }
  return { ...row, cells };
}

/** A cell of a table holds no list. */
const withoutLists = ({ drawn_by, merged_with, ...rest }: CellRow) => rest;

const SCORES = [
  "n_est",
  "n_true",
  "n_matched",
  "n_excused",
  "recall",
  "precision",
  "f1",
  "mean_overlap",
  "median_trace_corr",
  "median_activity_corr",
  "median_count_corr_100ms",
  "median_count_corr_500ms",
  "median_count_corr_1s",
  "median_dff_error",
  "median_event_f1",
  "misattributed_fraction",
  "shift_rmse",
] as const satisfies readonly (keyof Report)[];

/** A score that happens to be 0 or 1 at every point is a float all the same. */
export function columnTypes(pipelines: readonly SweepPipeline[]): Record<string, "float"> {
  const scores = SCORES.filter((field) => !field.startsWith("n_"));
  return Object.fromEntries(
    pipelines.flatMap(({ name }) => scores.map((field) => [`${name}_${field}`, "float"])),
  );
}
