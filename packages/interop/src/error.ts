// The one error of this package: a sentence with the file, and the place in it where there is one.
import { MinisimError } from "@minisim/spec/error";

export type InteropErrorCode =
  /** The file is not of the format, or damaged: truncated, a wrong type, a missing part, sizes that cannot be. */
  | "malformed"
  /** The format cannot hold this recording, or this kind of result is not read. */
  | "unsupported"
  /** A setting that the format does not have, or a value that it does not take. */
  | "settings"
  | "exists"
  | "missing"
  /** Disk full, no permission, and other failures of the file system. */
  | "io";

export class InteropError extends MinisimError {
  override readonly name = "InteropError";
  readonly kind = "format";
  readonly code: InteropErrorCode;

  constructor(code: InteropErrorCode, message: string, options?: ErrorOptions) {
    super(message, [{ message }], options);
    this.code = code;
  }
}
