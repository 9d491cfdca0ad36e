// Errors as data, for a program in another language.
import { isMinisimError, type Problem } from "@minisim/spec/error";
import { ProtocolError } from "./protocol-error.ts";

export interface Failure {
  /**
   * The kind of a MinisimError; "input" for what a call asks and there is not; "protocol" for what is no call; "internal" for what should not
   * have happened.
   */
  readonly kind: string;
  readonly code: string;
  /** For people, complete. */
  readonly message: string;
  /** Everything that is wrong, at least one. */
  readonly problems: readonly Problem[];
}

export function failureOf(error: unknown): Failure {
  if (isMinisimError(error)) {
    const { kind, code, message, problems } = error;
    return { kind, code, message, problems };
  }
  if (error instanceof ProtocolError) return failure("protocol", "malformed", error.message);
  // A stage, a frame or a number of workers that there is not.
  if (error instanceof RangeError) return failure("input", "range", error.message);
  if (error instanceof Error) return failure("internal", error.name, error.message);
  return failure("internal", "unknown", String(error));
}

function failure(kind: string, code: string, message: string): Failure {
  return { kind, code, message, problems: [{ message }] };
}
