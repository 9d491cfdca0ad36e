// @minisim/store/node: recordings in folders of the file system.

export type { ChunkTarget } from "./node/chunk-target.ts";
export { createFolderStorage } from "./node/folder-storage.ts";
export {
  createRecordingAt,
  type FolderWriter,
  type FolderWriterOptions,
} from "./node/folder-writer.ts";
export { openRecordingAt } from "./node/open.ts";
export {
  type LoadedRecording,
  loadRecording,
  type SaveOptions,
  saveRecording,
} from "./node/save-load.ts";
export { openShardAt, type ShardWriter } from "./node/shard-writer.ts";
export { finishShardsAt, recordingStatusAt } from "./node/shards.ts";
export type { RecordingStatus, ShardStatus } from "./node/unfinished.ts";
