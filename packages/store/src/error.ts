// What can go wrong with a store, as a code for programs and one sentence for people.
import { MinisimError } from "@minisim/spec/error";

export type StoreErrorCode =
  /** There is no minisim recording here. */
  | "not_a_recording"
  /** A writer began it and never finished. */
  | "incomplete"
  /** Written in another version of the format. */
  | "unsupported_version"
  /** The network or a server does not give a part. */
  | "unreachable"
  /** A part is not there. */
  | "missing"
  /** A part is there, but its bytes are damaged. */
  | "corrupt"
  /** The bytes are whole, but what they say does not hold together; or an argument does not fit the recording. */
  | "invalid"
  /** A recording is in the storage already. */
  | "exists";

export class StoreError extends MinisimError {
  override readonly name = "StoreError";
  readonly kind = "store";
  readonly code: StoreErrorCode;
  /** The part of the store that is meant, relative to its root: "observed/c/3/0/0". */
  readonly key: string | undefined;

  constructor(
    code: StoreErrorCode,
    message: string,
    options: { key?: string; cause?: unknown } = {},
  ) {
    const { key, cause } = options;
    super(
      message,
      [key === undefined ? { message } : { path: [key], message }],
      cause === undefined ? undefined : { cause },
    );
    this.code = code;
    this.key = key;
  }
}

/** An error about one part; the sentence begins with its key. */
export function partError(
  code: StoreErrorCode,
  key: string,
  problem: string,
  cause?: unknown,
): StoreError {
  return new StoreError(code, `${key} ${problem}.`, { key, cause });
}
