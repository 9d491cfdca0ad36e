// @minisim/interop/web: formats that are one file, written where there is no disk. Nothing of Node is reachable from here.
export type {
  FileFormat,
  MovieKind,
  Settings,
  Watch,
  WriteOptions,
} from "../contract.ts";
export { InteropError, type InteropErrorCode } from "../error.ts";
export type { Output } from "../output.ts";
export type { SyncFile } from "../sync-file.ts";
export { writerOf } from "../write-file.ts";
export { activityEndings, activityOfBytes } from "./activity.ts";
export { type FileFormatName, fileFormatNames, loadFileFormat } from "./formats.ts";
export { MemoryFile } from "./memory-file.ts";
export { outputInto, outputOn, type Scratch, type WritableFile } from "./outputs.ts";
