// The files in a ZIP, as if their folder had been dropped.
import { unzipRaw } from "unzipit";
import { InteropError } from "../error.ts";
import type { DroppedFile } from "./disk.ts";

/** What a tab may hold. */
const MOST_BYTES = 2 ** 31;
const MOST_FILES = 1 << 17;

/** @throws InteropError "malformed" for what is no whole ZIP, "unsupported" for more than a tab holds. */
export async function unpacked(zip: Blob, name: string): Promise<DroppedFile[]> {
  const { entries } = await unzipRaw(zip).catch((cause) => {
    throw new InteropError("malformed", `${name} is no whole ZIP file.`, { cause });
  });
  const inside = entries.filter((entry) => !entry.isDirectory);
  const bytes = inside.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES || inside.length > MOST_FILES) {
    throw new InteropError(
      "unsupported",
      `${name} unpacks to ${inside.length} files of ${(bytes / 1e9).toFixed(1)} GB, more than a tab holds: unpack it and drop the folder.`,
    );
  }
  const files: DroppedFile[] = [];
  for (const entry of inside) files.push({ path: entry.name, blob: await entry.blob() });
  return files;
}
