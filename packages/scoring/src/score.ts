// score: an estimate against the truth, in one call.
import type { GroundTruth } from "@minisim/recording";
import { attributionCounts, attributionRows } from "./attributions.ts";
import { bestMatches, classCounts, classRows } from "./class-rows.ts";
import { compare } from "./comparison.ts";
import { detectionShares } from "./detection-counts.ts";
import { disagreement } from "./disagreement.ts";
import type { EstimateInput } from "./estimate-input.ts";
import { imageScores } from "./image-scores.ts";
import { motionErrors } from "./motion-errors.ts";
import { otherOrientation } from "./other-orientation.ts";
import { pairRows } from "./pair-rows.ts";
import { countedPairs, pairingAt } from "./pairing.ts";
import { pairwiseCorrelation } from "./pairwise.ts";
import { remarksOn } from "./remarks.ts";
import {
  type CellRow,
  type CurvePoint,
  type EstimateRow,
  Report,
  type ReportGrid,
} from "./report.ts";
import { type ScoreInput, type ScoreOptions, scoreInput } from "./score-options.ts";
import { shiftError } from "./shift-error.ts";
import { meanOf, medianOf } from "./statistics.ts";
import { toleranceFrames } from "./time-scale.ts";
import type { TraceScores } from "./trace-scores.ts";
import { trueCells } from "./true-cells.ts";

const CURVE = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * Scores what a pipeline found against what was there. Whether footprints come as images, sparse matrix or patches makes no
 * difference to any bit. 1000 × 1000 cells of a Miniscope V4 take some ten seconds.
 * @throws InputError with a sentence for everything that is wrong with the estimate or the options.
 */
export function score(
  estimate: EstimateInput,
  groundTruth: GroundTruth,
  options: ScoreOptions = {},
): Report {
  const input = scoreInput(estimate, groundTruth, options);
  const { truth: onGrid } = input;
  const { match_metric, match_threshold, restrict_to_detectable } = input.options;
  const comparison = compare(input, onGrid);
  const { truth, counts, similarity } = comparison;
  const counted = countedPairs(similarity, counts);
  const at = (threshold: number) => pairingAt(threshold, similarity, counts, counted);
  const n_true = counts.reduce((sum, flag) => sum + flag, 0);
  const sizes = { n_true, n_est: input.footprints.length };
  const pairing = at(match_threshold);
  const pairs = pairRows(pairing, match_threshold, input, onGrid);
  const known = trueCells(onGrid, truth, comparison.brightness);
  const classes = classRows(comparison, pairs.estimates, known);
  const cells = known.map((cell, i): CellRow => {
    return { ...cell, counted: counts[i] === 1, ...pairs.cells[i]!, ...classes.cells[i]! };
  });
  const attributions = attributionRows(comparison, pairs.estimates);
  const estimates = pairs.estimates.map((row, j): EstimateRow => {
    return { ...row, ...classes.estimates[j]!, ...attributions[j]! };
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
    n_requested: onGrid.n_units,
    n_detectable: onGrid.n_detectable,
    ...detected,
    ...detectionShares(detected),
    mean_overlap: meanOf(matched.map((row) => row.similarity!)),
    median_trace_corr: median("trace_corr"),
    median_dff_error: median("dff_error"),
    median_activity_corr: median("activity_corr"),
    median_activity_variance_explained: median("activity_variance_explained"),
    median_activity_scale: median("activity_scale"),
    median_count_corr_100ms: median("count_corr_100ms"),
    median_count_corr_500ms: median("count_corr_500ms"),
    median_count_corr_1s: median("count_corr_1s"),
    median_event_precision: median("event_precision"),
    median_event_recall: median("event_recall"),
    median_event_f1: median("event_f1"),
    event_tolerance_frames: toleranceFrames(input.options),
    ...attributionCounts(pairs.estimates, attributions),
    pairwise_correlation: pairwiseCorrelation(input, pairs.estimates),
    ...shiftError(input, onGrid),
    ...motionErrors(input, onGrid),
    ...imageScores(input),
    grid: gridWords(input),
    footprint_shift: comparison.shift,
    best_match: bestMatches(comparison, match_threshold),
    ...classCounts(cells, estimates),
    cells,
    estimates,
    curve: CURVE.map((threshold): CurvePoint => {
      const { matched: n_matched, excused } = at(threshold);
      const point = { n_matched, n_excused: excused.truth.length };
      return { threshold, ...point, ...detectionShares({ ...sizes, ...point }) };
    }),
    notes: [
      ...input.notes,
      ...remarksOn(input),
      ...otherOrientation(comparison, pairing.matched),
      ...disagreement(comparison, pairing.matched),
    ],
  });
}

function gridWords({ grid, truth }: ScoreInput): ReportGrid {
  const { orientation, crop, spatial_binning, frame_stride, frame_binning } = grid;
  const [height, width] = truth.fov_shape;
  const sizes = { n_frames: truth.n_frames, height, width };
  return { orientation, crop, spatial_binning, frame_stride, frame_binning, ...sizes };
}
