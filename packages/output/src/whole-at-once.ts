// Small files written in one go, for callers that cannot wait: whole or not there, but not yet on the disk, so for what can be made again.
import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes the file; another of this name goes. @throws the file system's error. */
export function writeWholeAtOnce(path: string, content: Uint8Array): void {
  const growing = `${path}.${randomUUID()}.growing`;
  try {
    writeFileSync(growing, content, { flag: "wx" });
    renameSync(growing, path);
  } catch (error) {
    rmSync(growing, { force: true });
    throw error;
  }
}
