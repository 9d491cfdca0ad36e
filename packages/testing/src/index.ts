// One-call recordings for test suites, and one-call scores of what a pipeline made of them.
export {
  BIN_FIELDS,
  type Bin,
  type BinField,
  type Binned,
  type BinOptions,
  binBy,
} from "./bins.ts";
export { type DemixOptions, demixOracle, type OracleEstimate } from "./demix-oracle.ts";
export type { DetectionCounts, DetectionShares } from "./detection-counts.ts";
export type { DenseFootprints, EstimateInput, SparseFootprints } from "./estimate-input.ts";
export { type FloorAndCeiling, floorAndCeiling } from "./floor-and-ceiling.ts";
export { makeRecording, recordingSpec } from "./make-recording.ts";
export type { AnalysisOptions, AnyRecording } from "./movie.ts";
export { InputError } from "./problems.ts";
export type { RecordingOptions, StepParameters } from "./recording-options.ts";
export {
  type CellRow,
  type CurvePoint,
  type EstimateRow,
  Report,
  type ReportData,
  type TraceScores,
} from "./report.ts";
export { type RoiEstimate, roiMean } from "./roi-mean.ts";
export { type RoiPipelineOptions, roiPipeline } from "./roi-pipeline.ts";
export { score } from "./score.ts";
export type { ScoreOptions } from "./score-options.ts";
export { wilsonInterval } from "./statistics.ts";
export type { TrueCell } from "./true-cells.ts";
