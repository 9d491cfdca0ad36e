// Scores of an estimate against the truth: footprints, traces, activity, motion.
export { type ActivitySimilarity, activitySimilarity } from "./activity.ts";
export { assignPairs, type Pairs } from "./assign.ts";
export type { Footprints, Patch, Shift } from "./cells.ts";
export { fieldPearson, tracePearson } from "./correlation.ts";
export { type DetectionScores, detectionScores } from "./detection.ts";
export type { Estimate, Rows } from "./estimate.ts";
export { energyMask, footprintMask, type PixelMask } from "./masks.ts";
export { type FootprintMatch, type MatchOptions, matchFootprints } from "./match.ts";
export { type FrameBlock, footprintRoiTrace, streamRoiTrace } from "./roi-trace.ts";
export {
  footprintSimilarity,
  type SimilarityMetric,
  type SimilarityOptions,
  type SparseSimilarity,
} from "./similarity.ts";
export {
  globalShiftFromTrajectories,
  type ShiftRmseOptions,
  shiftRmse,
  type TrajectoryOptions,
} from "./trajectories.ts";
