// @minisim/sweep/node: sweeps from files, their runs with a table at the end, and the cache of recordings.
export {
  type CachedFolder,
  type CachedRecording,
  type CacheOptions,
  type FolderKind,
  type GetOptions,
  openCache,
  type RecordingCache,
  type SharedScene,
  simulateCached,
} from "./node/cache.ts";
export { type CacheKind, defaultCacheFolder } from "./node/cache-location.ts";
export type { CacheEntry } from "./node/entries.ts";
export { type EvaluationCost, estimateEvaluation } from "./node/evaluation-cost.ts";
export type { Evaluate, EvaluateInput, Evaluation } from "./node/evaluations.ts";
export { loadSweepFile } from "./node/load.ts";
export type { MakeFolder } from "./node/make-folder.ts";
export { parquetOf } from "./node/parquet.ts";
export type { Pruned, PruneOptions } from "./node/prune.ts";
export {
  type RunOptions,
  type RunProgress,
  type RunResult,
  runSweep,
} from "./node/run.ts";
export {
  finishSweep,
  runSweepShard,
  type SweepShardOptions,
  type SweepShardResult,
  type SweepStatus,
  sweepStatus,
} from "./node/shards.ts";
export type { SharedWorks } from "./node/shared-works.ts";
