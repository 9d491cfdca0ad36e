// minisim/node: recordings on disk. Streams a simulation into a store, saves and loads recordings.
export type { Shard } from "@minisim/output";
export {
  isWebAddress,
  type StoredRecording,
  StoreError,
  type StoreErrorCode,
} from "@minisim/store";
export {
  finishShardsAt as finishShards,
  type RecordingStatus,
  recordingStatusAt as recordingStatus,
  type SaveOptions,
  type ShardStatus,
  saveRecording,
} from "@minisim/store/node";
export { loadRecording, type OpenRecordingOptions, openRecording } from "./node-load.ts";
export type { StoreProfile } from "./node-profile.ts";
export {
  type ShardOptions,
  type SimulatedShard,
  type SimulatedStore,
  type StoreOptions,
  simulateShard,
  simulateToStore,
} from "./node-simulate.ts";
