// Opens what a path names, if it can hold a text: a file or a pipe, or a link to one.
import { closeSync, constants, fstatSync, openSync, type Stats, statSync } from "node:fs";
import { MinisimError } from "./error.ts";

/** "not_found": nothing is there. "not_a_file": a folder, a device or a socket is. "unreadable": the system refuses, or nothing comes. */
export type SpecFileErrorCode = "not_a_file" | "not_found" | "unreadable";

/** A file from which no text can be had. */
export class SpecFileError extends MinisimError {
  override readonly name = "SpecFileError";
  readonly kind = "text";
  readonly code: SpecFileErrorCode;

  constructor(code: SpecFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, [{ message }], options);
    this.code = code;
  }
}

export interface OpenFile {
  readonly descriptor: number;
  readonly isPipe: boolean;
  close(): void;
}

/** @throws SpecFileError, which calls the file `name`. */
export function openText(path: string, name: string): OpenFile {
  try {
    // Looked at before it is opened, which alone can start a device; and after, which is what is read.
    refuseOthers(statSync(path), name);
    // A pipe that nobody writes to would stop the whole process in a plain open.
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const close = () => closeSync(descriptor);
    try {
      const stats = fstatSync(descriptor);
      refuseOthers(stats, name);
      return { descriptor, isPipe: stats.isFIFO(), close };
    } catch (error) {
      close();
      throw error;
    }
  } catch (error) {
    throw fileError(error, name);
  }
}

function refuseOthers(stats: Stats, name: string): void {
  if (stats.isFile() || stats.isFIFO()) return;
  const what = stats.isDirectory() ? "a folder" : stats.isSocket() ? "a socket" : "a device";
  throw new SpecFileError("not_a_file", `${name} is ${what}, not a file.`);
}

/** What the system says, in a sentence; any other error as it is. */
export function fileError(error: unknown, name: string): unknown {
  if (typeof (error as NodeJS.ErrnoException)?.syscall !== "string") return error;
  const options = { cause: error };
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new SpecFileError("not_found", `there is no file ${name}.`, options);
    case "EISDIR":
      return new SpecFileError("not_a_file", `${name} is a folder, not a file.`, options);
    case "EACCES":
    case "EPERM":
      return new SpecFileError("unreadable", `no permission to read ${name}.`, options);
    case "ELOOP":
      return new SpecFileError("unreadable", `${name} is a link in a circle of links.`, options);
    case "ENAMETOOLONG":
      return new SpecFileError("not_found", "no file has a name that long.", options);
    default:
      return new SpecFileError(
        "unreadable",
        `${name} cannot be read (${code ?? message}).`,
        options,
      );
  }
}
