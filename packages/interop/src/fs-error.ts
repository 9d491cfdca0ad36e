// What the file system refuses while results are read or recordings exported, as an InteropError with the sentence of the room that owns paths.
import { codeOf, fsErrorOf, type PathErrorCode } from "@minisim/output";
import { InteropError, type InteropErrorCode } from "./error.ts";

export { codeOf };

const CODES: Partial<Record<PathErrorCode, InteropErrorCode>> = {
  missing: "missing",
  exists: "exists",
};

/** Runs calls of the file system; what they throw becomes an InteropError about `path`. */
export async function withFsErrors<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const error = fsErrorOf(cause, path);
    if (!error) throw cause;
    // A folder where a file of results should be is no fault of the disk.
    const code = codeOf(cause) === "EISDIR" ? "malformed" : (CODES[error.code] ?? "io");
    throw new InteropError(code, error.message, { cause });
  }
}
