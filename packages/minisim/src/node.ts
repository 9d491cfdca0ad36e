// minisim/node: recordings on disk. Streams a simulation into a store, saves and loads recordings.
export type { Shard } from "@minisim/output";
export {
  isObjectAddress,
  isWebAddress,
  type StoredRecording,
  StoreError,
  type StoreErrorCode,
} from "@minisim/store";
export type {
  RecordingStatus,
  SaveOptions,
  ShardStatus,
} from "@minisim/store/node";
export { finishShards, recordingStatus } from "./node-finish.ts";
export { loadRecording, type OpenRecordingOptions, openRecording } from "./node-load.ts";
export type { StoreProfile } from "./node-profile.ts";
export { saveRecording } from "./node-save.ts";
export {
  type ShardOptions,
  type SimulatedShard,
  type SimulatedStore,
  type StoreOptions,
  simulateShard,
  simulateToStore,
} from "./node-simulate.ts";
