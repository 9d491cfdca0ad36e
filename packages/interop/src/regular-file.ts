// Only regular files and folders are opened, behind links too. A pipe would wait for ever, a device never ends, and either may do
// something when it is opened.
import { constants, type Stats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { InteropError } from "./error.ts";
import { codeOf, withFsErrors } from "./fs-error.ts";

/** What lies at a path; null: nothing. @throws InteropError "unsupported" for what is neither a file nor a folder, "io". */
export function kindAt(path: string): Promise<"file" | "folder" | null> {
  return withFsErrors(path, async () => {
    try {
      return kindOf(path, await stat(path));
    } catch (error) {
      if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return null;
      throw error;
    }
  });
}

/** @throws InteropError "missing", "malformed" for a folder, "unsupported" for a pipe, a socket or a device, "io". */
export function openRegular(path: string): Promise<{ file: FileHandle; size: number }> {
  return withFsErrors(path, async () => {
    requireFile(path, await stat(path));
    // Should it be exchanged for a pipe meanwhile, this does not wait for its other end. Windows has no such flag, nor such pipes.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await file.stat();
      requireFile(path, info);
      return { file, size: info.size };
    } catch (error) {
      await file.close();
      throw error;
    }
  });
}

function requireFile(path: string, info: Stats): void {
  if (kindOf(path, info) === "file") return;
  throw new InteropError("malformed", `${path} is a folder, where a file is needed.`);
}

function kindOf(path: string, info: Stats): "file" | "folder" {
  if (info.isFile()) return "file";
  if (info.isDirectory()) return "folder";
  throw new InteropError(
    "unsupported",
    `${path} is ${nameOf(info)}, not a file, and is not opened.`,
  );
}

function nameOf(info: Stats): string {
  if (info.isFIFO()) return "a named pipe";
  if (info.isSocket()) return "a socket";
  return "a device";
}
