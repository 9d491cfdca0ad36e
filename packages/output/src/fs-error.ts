// Failures of the file system in one sentence.
import { PathError, type PathErrorCode } from "./error.ts";

const SENTENCES: Readonly<Record<string, [PathErrorCode, (path: string) => string]>> = {
  ENOSPC: ["no_space", (path) => `There is no space left on the disk of ${path}.`],
  EDQUOT: ["no_space", (path) => `The disk quota is used up; ${path} was not written.`],
  EFBIG: ["no_space", (path) => `A file may not grow as large as ${path} must.`],
  EACCES: ["no_permission", (path) => `There is no permission to use ${path}.`],
  EPERM: ["no_permission", (path) => `There is no permission to use ${path}.`],
  EROFS: ["no_permission", (path) => `${path} is on a read-only file system.`],
  ENOTDIR: ["not_a_folder", (path) => `A file stands where ${path} needs a folder.`],
  EISDIR: ["not_a_folder", (path) => `${path} is a folder, where a file is needed.`],
  ENOENT: ["missing", (path) => `There is nothing at ${path}.`],
  EEXIST: ["exists", (path) => `${path} exists already.`],
  ENOTEMPTY: ["exists", (path) => `${path} exists already.`],
  ELOOP: ["io", (path) => `${path} is a symbolic link that leads in a circle.`],
  ENAMETOOLONG: ["io", (path) => `The file system takes no name as long as ${path}.`],
  EMFILE: ["io", (path) => `This process may not open more files (ulimit -n); ${path} needs one.`],
  ENFILE: ["io", (path) => `The machine may not open more files; ${path} needs one.`],
};

/** Runs a call of the file system; what it throws becomes an PathError about `path`. */
export async function withFsErrors<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw fsErrorOf(error, path) ?? error;
  }
}

/** The PathError for a failure of the file system; undefined for any other error. */
export function fsErrorOf(error: unknown, path: string): PathError | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const failed = () => `The file system failed on ${path} (${code}).`;
  const [kind, sentence] = SENTENCES[code] ?? ["io", failed];
  return new PathError(kind, sentence(path), { cause: error });
}

/** The errno name of a failure of the file system: "ENOENT". */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** Whether the machine is at fault, and not what was to be written: the next attempt would fail the same way. */
export function isOfTheMachine(error: unknown): boolean {
  if (codeOf(error) !== undefined) return true;
  const codes: readonly PathErrorCode[] = ["no_space", "no_permission", "not_a_folder", "io"];
  return error instanceof PathError && codes.includes(error.code);
}
