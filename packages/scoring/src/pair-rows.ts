// The rows of a report: of every cell and every estimate, whom it pairs with and how well its traces agree.
import type { GroundTruth } from "@minisim/recording";
import { activitySimilarity } from "./metrics/activity.ts";
import { tracePearson } from "./metrics/correlation.ts";
import type { Rows } from "./metrics/estimate.ts";
import type { Pairing } from "./pairing.ts";
import type { CellRow, EstimateRow, TraceScores } from "./report.ts";
import type { ScoreInput } from "./score-options.ts";

/** Of a cell: whom it pairs with. */
export type CellPair = Pick<CellRow, "matched" | "estimate" | "similarity" | keyof TraceScores>;
export type EstimatePair = Pick<
  EstimateRow,
  "estimate" | "status" | "cell" | "similarity" | keyof TraceScores
>;

const NO_TRACES: TraceScores = {
  trace_corr: null,
  activity_corr: null,
  activity_variance_explained: null,
  activity_scale: null,
};

export function pairRows(
  { counted, excused }: Pairing,
  threshold: number,
  input: ScoreInput,
  truth: GroundTruth,
): { cells: CellPair[]; estimates: EstimatePair[] } {
  const lone = { matched: false, estimate: null, similarity: null, ...NO_TRACES };
  const cells: CellPair[] = Array.from({ length: truth.n_units }, () => lone);
  const estimates = Array.from({ length: input.footprints.length }, (_, estimate): EstimatePair => {
    return { estimate, status: "false_positive", cell: null, similarity: null, ...NO_TRACES };
  });
  const pair = (
    estimate: number,
    cell: number,
    similarity: number,
    status: "matched" | "excused",
  ) => {
    const matched = similarity >= threshold;
    const traces = matched ? traceScores(input, estimate, truth, cell) : NO_TRACES;
    cells[cell] = { matched, estimate, similarity, ...traces };
    const row = { estimate, cell, similarity, ...traces };
    estimates[estimate] = { ...row, status: matched ? status : "false_positive" };
  };
  for (const [k, estimate] of counted.estimate.entries()) {
    pair(estimate, counted.truth[k]!, counted.similarity[k]!, "matched");
  }
  // Those left below the threshold in the first round pair with what they are.
  for (const [k, estimate] of excused.estimate.entries()) {
    const missed = estimates[estimate]!.cell;
    if (missed !== null) cells[missed] = lone;
    pair(estimate, excused.truth[k]!, excused.similarity[k]!, "excused");
  }
  return { cells, estimates };
}

function traceScores(
  { C, S }: ScoreInput,
  estimate: number,
  truth: GroundTruth,
  cell: number,
): TraceScores {
  const trace_corr = C && tracePearson(rowOf(C, estimate), truth.field("C").rows(cell, cell + 1));
  const activity =
    S && activitySimilarity(rowOf(S, estimate), truth.field("S").rows(cell, cell + 1));
  // A silent or constant trace has no fit.
  if (!activity || activity.correlation === null) return { ...NO_TRACES, trace_corr };
  return {
    trace_corr,
    activity_corr: activity.correlation,
    activity_variance_explained: activity.varianceExplained,
    activity_scale: activity.scale,
  };
}

function rowOf({ shape, data }: Rows, row: number): Float32Array | Float64Array {
  return data.subarray(row * shape[1]!, (row + 1) * shape[1]!);
}
