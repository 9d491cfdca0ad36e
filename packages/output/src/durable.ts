// What a power cut must not undo: bytes of a file, and names in a folder.
import { open } from "node:fs/promises";
import { codeOf } from "./fs-error.ts";

/** Waits until what was written to a file or folder is on the disk. */
export async function syncPath(path: string, isFolder: boolean): Promise<void> {
  // Windows opens no folders; its file systems keep names by themselves.
  if (isFolder && process.platform === "win32") return;
  try {
    const file = await open(path, isFolder ? "r" : "r+");
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    // Some network and virtual file systems do not know how to sync a folder.
    if (isFolder && ["EINVAL", "ENOTSUP", "EPERM", "EACCES"].includes(codeOf(error) ?? "")) return;
    throw error;
  }
}

// File systems write many waiting files at once.
const AT_A_TIME = 32;

/** Waits until all these files are on the disk. */
export async function syncAll(files: readonly string[]): Promise<void> {
  const queue = files.values();
  const worker = async () => {
    for (const file of queue) await syncPath(file, false);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}
