// Failures of the file system in one sentence.
import { InteropError, type InteropErrorCode } from "./error.ts";

const SENTENCES: Readonly<Record<string, readonly [InteropErrorCode, (path: string) => string]>> = {
  ENOSPC: ["io", (path) => `There is no space left on the disk of ${path}.`],
  EDQUOT: ["io", (path) => `The disk quota is used up; ${path} was not written.`],
  EFBIG: ["io", (path) => `A file may not grow as large as ${path} must.`],
  EACCES: ["io", (path) => `There is no permission to use ${path}.`],
  EPERM: ["io", (path) => `There is no permission to use ${path}.`],
  EROFS: ["io", (path) => `${path} is on a read-only file system.`],
  ENOTDIR: ["io", (path) => `A file stands where ${path} needs a folder.`],
  ELOOP: ["io", (path) => `The links at ${path} lead in a circle.`],
  EISDIR: ["malformed", (path) => `${path} is a folder, where a file is needed.`],
  ENOENT: ["missing", (path) => `There is nothing at ${path}.`],
  EEXIST: ["exists", (path) => `${path} exists already.`],
  ENOTEMPTY: ["exists", (path) => `${path} exists already.`],
};

/** Runs calls of the file system; what they throw becomes an InteropError about `path`. */
export async function withFsErrors<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === undefined) throw cause;
    const failed = () => `The file system failed on ${path} (${code}).`;
    const [kind, sentence] = SENTENCES[code] ?? ["io", failed];
    throw new InteropError(kind, sentence(path), { cause });
  }
}

/** The errno name of a failure of the file system: "ENOENT". */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
