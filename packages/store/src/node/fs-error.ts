// Failures of the file system in one sentence.
import { StoreError, type StoreErrorCode } from "../error.ts";

const SENTENCES: Readonly<Record<string, [StoreErrorCode, (path: string) => string]>> = {
  ENOSPC: ["no_space", (path) => `There is no space left on the disk of ${path}.`],
  EDQUOT: ["no_space", (path) => `The disk quota is used up; ${path} was not written.`],
  EFBIG: ["no_space", (path) => `A file may not grow as large as ${path} must.`],
  EACCES: ["no_permission", (path) => `There is no permission to use ${path}.`],
  EPERM: ["no_permission", (path) => `There is no permission to use ${path}.`],
  EROFS: ["no_permission", (path) => `${path} is on a read-only file system.`],
  ENOTDIR: ["not_a_folder", (path) => `A file stands where ${path} needs a folder.`],
  ENOENT: ["missing", (path) => `There is no folder for ${path}.`],
  EEXIST: ["exists", (path) => `${path} exists already.`],
  ENOTEMPTY: ["exists", (path) => `${path} exists already.`],
};

/** Runs a call of the file system; what it throws becomes a StoreError about `path`. */
export async function withFsErrors<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === undefined) throw cause;
    const [kind, sentence] = SENTENCES[code] ?? [
      "io",
      () => `The file system failed on ${path} (${code}).`,
    ];
    throw new StoreError(kind, sentence(path), { cause });
  }
}

/** The errno name of a failure of the file system: "ENOENT". */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
