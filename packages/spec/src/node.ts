// @minisim/spec/node: the text of a spec or a sweep from a file, a pipe or standard input, and from nothing that never ends.
export { SpecFileError, type SpecFileErrorCode } from "./node-open.ts";
export {
  type ReadOptions,
  readSpecFile,
  readSpecFileSync,
  type StreamOptions,
} from "./node-read.ts";
