// @minisim/pipelines: analysis pipelines run whole on recordings. Needs Node.
export { type Adapter, loadAdapter } from "./adapter.ts";
export type { Parameter } from "./adapter-schema.ts";
export { builtinNames } from "./builtin.ts";
export type { Progress } from "./child.ts";
export { PipelineError, type PipelineErrorCode } from "./error.ts";
export { parameterProblem, rangeInWords, type Values } from "./parameters.ts";
export {
  keyOfRun,
  type PreparedPipeline,
  type PrepareOptions,
  preparePipeline,
} from "./prepare.ts";
export { checkPublish, type PublishOptions, publishedRun, publishRun } from "./publish.ts";
export { type FinishedRun, runPipeline } from "./run.ts";
export type { RunDocument } from "./run-document.ts";
export type { RunInput } from "./run-input.ts";
