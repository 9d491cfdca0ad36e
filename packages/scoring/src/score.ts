// score: an estimate against the truth, in one call.
import type { FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";
import { detectionShares } from "./detection-counts.ts";
import type { EstimateInput } from "./estimate-input.ts";
import { activitySimilarity } from "./metrics/activity.ts";
import { tracePearson } from "./metrics/correlation.ts";
import type { Rows } from "./metrics/estimate.ts";
import { matchFootprints } from "./metrics/match.ts";
import { footprintSimilarity, type SparseSimilarity } from "./metrics/similarity.ts";
import { shiftRmse } from "./metrics/trajectories.ts";
import { motionErrors } from "./motion-errors.ts";
import { countedPairs, type Pairing, pairingAt } from "./pairing.ts";
import { remarksOn } from "./remarks.ts";
import {
  type CellRow,
  type CurvePoint,
  type EstimateRow,
  Report,
  type TraceScores,
} from "./report.ts";
import { type ScoreInput, type ScoreOptions, scoreInput } from "./score-options.ts";
import { meanOf, medianOf } from "./statistics.ts";
import { transposed } from "./transposed.ts";
import { trueCells } from "./true-cells.ts";

const CURVE = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * Scores what a pipeline found against what was there. Whether footprints come as images, sparse matrix or patches makes no
 * difference to any bit. 1000 × 1000 cells of a Miniscope V4 take a few seconds.
 * @throws InputError with a sentence for everything that is wrong with the estimate or the options.
 */
export function score(
  estimate: EstimateInput,
  groundTruth: GroundTruth,
  options: ScoreOptions = {},
): Report {
  const input = scoreInput(estimate, groundTruth, options);
  const { match_metric, match_threshold, restrict_to_detectable } = input.options;
  const truth = observedInView(groundTruth);
  const counts = restrict_to_detectable
    ? groundTruth.detectable.data
    : new Uint8Array(groundTruth.n_units).fill(1);
  const { similarity, shift } = similarities(input, truth, counts);
  const counted = countedPairs(similarity, counts);
  const at = (threshold: number) => pairingAt(threshold, similarity, counts, counted);
  const n_true = counts.reduce((sum, flag) => sum + flag, 0);
  const sizes = { n_true, n_est: input.footprints.length };
  const pairing = at(match_threshold);
  const rows = rowsOf(pairing, match_threshold, input, groundTruth);
  const cells = trueCells(groundTruth, truth).map((cell, i): CellRow => {
    return { ...cell, counted: counts[i] === 1, ...rows.cells[i]! };
  });
  const matched = cells.filter((row) => row.counted && row.matched);
  const detected = {
    ...sizes,
    n_matched: pairing.matched,
    n_excused: pairing.excused.truth.length,
  };
  const median = (name: keyof TraceScores) => medianOf(matched.map((row) => row[name]));
  return new Report({
    match_metric,
    match_threshold,
    restrict_to_detectable,
    n_requested: groundTruth.n_units,
    n_detectable: groundTruth.n_detectable,
    ...detected,
    ...detectionShares(detected),
    mean_overlap: meanOf(matched.map((row) => row.similarity!)),
    median_trace_corr: median("trace_corr"),
    median_activity_corr: median("activity_corr"),
    median_activity_variance_explained: median("activity_variance_explained"),
    median_activity_scale: median("activity_scale"),
    shift_rmse: motionError(input, groundTruth),
    ...motionErrors(input, groundTruth),
    footprint_shift: shift,
    cells,
    estimates: rows.estimates,
    curve: CURVE.map((threshold): CurvePoint => {
      const { matched: n_matched, excused } = at(threshold);
      const point = { n_matched, n_excused: excused.truth.length };
      return { threshold, ...point, ...detectionShares({ ...sizes, ...point }) };
    }),
    notes: [
      ...input.notes,
      ...remarksOn(input),
      ...exchangedAxes(input, truth, counts, pairing.matched),
    ],
  });
}

/**
 * On a square field, footprints whose rows and columns are exchanged fit as well as others, and match nothing: says so where
 * most cells would match the other way round.
 */
function exchangedAxes(
  input: ScoreInput,
  truth: FootprintStack,
  counts: Uint8Array,
  matched: number,
): string[] {
  const { footprints, options } = input;
  const { height, width } = truth.canvas;
  const most = Math.min(
    footprints.length,
    counts.reduce((sum, flag) => sum + flag, 0),
  );
  if (height !== width || 2 * matched >= most) return [];
  const other = { ...input, footprints: transposed(footprints) };
  const { similarity } = similarities(other, truth, counts);
  const { similarity: pairs } = countedPairs(similarity, counts);
  const exchanged = pairs.filter((value) => value >= options.match_threshold).length;
  if (2 * exchanged < most) return [];
  return [
    `Rows and columns of the footprints are probably exchanged, which a square field does not show: the other way round, ${exchanged} cells would match instead of ${matched}.`,
  ];
}

/** The footprints that a pipeline can recover at best, on the field of view. */
export function observedInView(truth: GroundTruth): FootprintStack {
  const [top, left] = truth.fov_offset;
  const [height, width] = truth.fov_shape;
  return truth.observed_footprints.crop({ top, left, height, width });
}

/** Of every estimate to every cell; the shift is found on the cells that count. */
function similarities(
  { footprints, options }: ScoreInput,
  truth: FootprintStack,
  counts: Uint8Array,
): { similarity: SparseSimilarity; shift: readonly [number, number] } {
  const { match_metric: metric, footprint_shift } = options;
  let shift = footprint_shift ?? ([0, 0] as const);
  if (shift === "auto") {
    const counted = [...counts.keys()].filter((cell) => counts[cell] === 1);
    const guide = counted.length > 0 ? truth.select(counted) : truth;
    shift = matchFootprints(footprints, guide, { metric, shift }).shift;
  }
  const similarity = footprintSimilarity(footprints, truth, { metric, shift });
  return { similarity, shift: [shift[0], shift[1]] };
}

type PairRow = Pick<CellRow, "matched" | "estimate" | "similarity" | keyof TraceScores>;

const NO_TRACES: TraceScores = {
  trace_corr: null,
  activity_corr: null,
  activity_variance_explained: null,
  activity_scale: null,
};

function rowsOf(
  { counted, excused }: Pairing,
  threshold: number,
  input: ScoreInput,
  truth: GroundTruth,
): { cells: PairRow[]; estimates: EstimateRow[] } {
  const lone = { matched: false, estimate: null, similarity: null, ...NO_TRACES };
  const cells: PairRow[] = Array.from({ length: truth.n_units }, () => lone);
  const estimates = Array.from({ length: input.footprints.length }, (_, estimate): EstimateRow => {
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

/** Tissue that did not move has shifts of 0. */
function motionError({ shifts, options }: ScoreInput, truth: GroundTruth): number | null {
  if (shifts === null) return null;
  const still = new Float64Array(shifts.data.length);
  const correction = options.shifts_are_corrections;
  return shiftRmse(shifts.data, truth.shifts?.data ?? still, { correction, align: true });
}
