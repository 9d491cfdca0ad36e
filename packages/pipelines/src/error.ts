// The one error of this package.
import { MinisimError, type Problem } from "@minisim/spec";

export type PipelineErrorCode =
  /** No pipeline has this name, and no folder is there. */
  | "unknown"
  /** The folder's pipeline.yaml is not right, or a file that it names is missing. */
  | "adapter"
  /** A parameter that the pipeline does not have, or a value that it does not take. */
  | "settings"
  /** There is no Python that fits, or the packages could not be installed. */
  | "environment"
  /** The pipeline did not end well, or left no results. */
  | "failed";

export class PipelineError extends MinisimError {
  override readonly name = "PipelineError";
  readonly kind = "pipeline";
  readonly code: PipelineErrorCode;

  /** One sentence a problem; `head` begins the message where there are several. */
  constructor(code: PipelineErrorCode, problems: readonly string[], head = "") {
    const lines = problems.map((line) => `  ${line}`).join("\n");
    const message = problems.length === 1 ? problems[0]! : `${head}\n${lines}`;
    super(
      message,
      problems.map((message): Problem => ({ message })),
    );
    this.code = code;
  }
}
