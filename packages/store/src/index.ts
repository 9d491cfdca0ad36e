// @minisim/store: recordings on any storage. Folders of a file system: @minisim/store/node.
export { FORMAT, FORMAT_VERSION, type StoreAttributes, type StoreWarning } from "./attributes.ts";
export type { ContainerArray, FrameData } from "./container.ts";
export { StoreError, type StoreErrorCode } from "./error.ts";
export type { MovieInfo, SnapshotInfo, StoreHeader } from "./header.ts";
export { headerOf } from "./header-of.ts";
export { createHttpStorage, type HttpOptions, isWebAddress } from "./http-storage.ts";
export { encodeMovieChunk, type MovieLayout } from "./movie.ts";
export { isObjectAddress, type ObjectStore, type StoredObject } from "./object-store.ts";
export { type DecodedBytes, decodedBytes } from "./size.ts";
export { createMemoryStorage, type Storage } from "./storage.ts";
export {
  isStoredRecording,
  type OpenOptions,
  openRecording,
  type StoredRecording,
} from "./stored-recording.ts";
export { writeMovies } from "./write-recording.ts";
export { createRecordingWriter, type RecordingWriter, type WriterOptions } from "./writer.ts";
