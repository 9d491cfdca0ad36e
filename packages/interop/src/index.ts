// @minisim/interop: recordings in the layouts of the field's tools, and those tools' results as estimates. Needs Node.
export type { CellLists } from "./activity/lists.ts";
export { type ReadActivityOptions, readEvents, readTraces } from "./activity/read.ts";
export type {
  ExportOptions,
  Format,
  ReadContext,
  ReadOptions,
  Settings,
} from "./contract.ts";
export { detectFormat, type ReadEstimateOptions, readEstimate } from "./detect.ts";
export { InteropError, type InteropErrorCode } from "./error.ts";
export { checkExport, exportRecording, formatOfPath } from "./export.ts";
export type { ReadMovieOptions } from "./movies/options.ts";
export { type MovieFile, readMovie } from "./movies/read.ts";
export { saveEstimate } from "./npz/save-estimate.ts";
export { type FormatName, formatNames, loadFormat } from "./registry.ts";
export { save } from "./save.ts";
