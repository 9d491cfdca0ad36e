// A file is there whole or not at all.
import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";

/** Writes beside the path, then moves: neither a kill nor a power cut leaves half a file of this name. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const growing = `${path}.${randomUUID()}.growing`;
  try {
    const file = await open(growing, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(growing, path);
  } catch (error) {
    await rm(growing, { force: true });
    throw error;
  }
}
