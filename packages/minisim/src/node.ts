// minisim/node: recordings on disk. Streams a simulation into a store, saves and loads recordings.
export { type StoredRecording, StoreError, type StoreErrorCode } from "@minisim/store";
export { type SaveOptions, saveRecording } from "@minisim/store/node";
export { loadRecording, type OpenRecordingOptions, openRecording } from "./node-load.ts";
export type { StoreProfile } from "./node-profile.ts";
export { type SimulatedStore, type StoreOptions, simulateToStore } from "./node-simulate.ts";
