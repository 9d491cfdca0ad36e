// Scores of what a pipeline found against the truth, and pipelines to read a score between.
export { InputError } from "@minisim/spec/input";
export type { AttributionCounts, AttributionRow } from "./attributions.ts";
export { BASELINES, type Baseline, isBaseline } from "./baselines/baselines.ts";
export { type DemixOptions, demixOracle, type OracleEstimate } from "./baselines/demix-oracle.ts";
export { type FloorAndCeiling, floorAndCeiling } from "./baselines/floor-and-ceiling.ts";
export type { AnalysisOptions } from "./baselines/movie.ts";
export { type RoiEstimate, roiMean } from "./baselines/roi-mean.ts";
export { type RoiPipelineOptions, roiPipeline } from "./baselines/roi-pipeline.ts";
export {
  BIN_FIELDS,
  type Bin,
  type BinField,
  type Binned,
  type BinOptions,
  binBy,
} from "./bins.ts";
export {
  CELL_CLASSES,
  type CellClass,
  ESTIMATE_CLASSES,
  type EstimateClass,
} from "./classes.ts";
export type { DetectionCounts, DetectionShares } from "./detection-counts.ts";
export type { DenseFootprints, EstimateInput, SparseFootprints } from "./estimate-input.ts";
export type { Crop } from "./grid/grid.ts";
export { footprintsOnField } from "./grid/on-field.ts";
export { ORIENTATIONS, type Orientation } from "./grid/orientation.ts";
export type { ImageInput } from "./image-input.ts";
export type { ImageScores } from "./image-scores.ts";
export { type ActivitySimilarity, activitySimilarity } from "./metrics/activity.ts";
export { assignPairs, type Pairs } from "./metrics/assign.ts";
export {
  type AttributedCell,
  type Attribution,
  attributionOf,
  type CellUnder,
} from "./metrics/attribution.ts";
export { type BackgroundErrors, backgroundErrors, type Factors } from "./metrics/background.ts";
export type { Footprints, Patch, Shift } from "./metrics/cells.ts";
export { fieldPearson, tracePearson } from "./metrics/correlation.ts";
export { countCorrelation } from "./metrics/counts.ts";
export { crispness } from "./metrics/crispness.ts";
export { type DetectionScores, detectionScores } from "./metrics/detection.ts";
export {
  displacementRmse,
  patchShiftRmse,
  type TrueDisplacement,
} from "./metrics/displacement.ts";
export type { Estimate, EstimatedBackground, PatchShifts, Rows } from "./metrics/estimate.ts";
export { type EventScores, eventScores } from "./metrics/events.ts";
export { energyMask, footprintMask, type PixelMask } from "./metrics/masks.ts";
export { type FootprintMatch, type MatchOptions, matchFootprints } from "./metrics/match.ts";
export type { SparseSimilarity } from "./metrics/pairs.ts";
export { relativeChangeError } from "./metrics/relative-change.ts";
export { type FrameBlock, footprintRoiTrace, streamRoiTrace } from "./metrics/roi-trace.ts";
export {
  footprintSimilarity,
  type SimilarityMetric,
  type SimilarityOptions,
} from "./metrics/similarity.ts";
export {
  globalShiftFromTrajectories,
  type ShiftRmseOptions,
  shiftRmse,
  type TrajectoryOptions,
} from "./metrics/trajectories.ts";
export { type Transient, transientsOf } from "./metrics/transients.ts";
export { MISSED_REASONS, type MissedReason } from "./missed-because.ts";
export type { MotionErrors } from "./motion-errors.ts";
export type { MotionInput } from "./motion-input.ts";
export type { PairwiseCorrelation, Spread } from "./pairwise.ts";
export {
  type BestMatches,
  type CellRow,
  type ClassCounts,
  type CurvePoint,
  type EstimateRow,
  Report,
  type ReportData,
  type ReportGrid,
} from "./report.ts";
export { score } from "./score.ts";
export type { ScoreOptions } from "./score-options.ts";
export type { ShiftError } from "./shift-error.ts";
export { wilsonInterval } from "./statistics.ts";
export type { TraceScores } from "./trace-scores.ts";
export type { TrueCell } from "./true-cells.ts";
