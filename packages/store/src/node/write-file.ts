// Writes a whole file, past the page cache where the system can. A movie is written once and larger than what anybody wants
// cached: through the cache, each of its bytes is copied and each of its pages found and filled by the processor that renders.
// Only the writing itself is waited for: a thread that renders gives events a turn now and then, and each step that waits costs a turn.
import { closeSync, constants, ftruncateSync, openSync, write } from "node:fs";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { codeOf } from "@minisim/output";
import { PAGE_BYTES } from "./page-buffers.ts";

const { O_WRONLY, O_CREAT, O_TRUNC, O_DIRECT } = constants;
const writeSome = promisify(write);

/** Of bytes from `PageBuffers`. */
export async function writePages(path: string, bytes: Uint8Array): Promise<void> {
  try {
    if (O_DIRECT !== undefined) return await writeDirect(path, bytes);
  } catch (error) {
    // What a file system says that does not know this way, or not these sizes.
    if (codeOf(error) !== "EINVAL" && codeOf(error) !== "EOPNOTSUPP") throw error;
  }
  await writeFile(path, bytes);
}

/** Whole pages, and then the length that was meant. */
async function writeDirect(path: string, { buffer, length }: Uint8Array): Promise<void> {
  const whole = Math.ceil(length / PAGE_BYTES) * PAGE_BYTES;
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_DIRECT);
  try {
    for (let at = 0; at < whole; ) {
      const { bytesWritten } = await writeSome(file, new Uint8Array(buffer, at, whole - at));
      at += bytesWritten;
    }
    ftruncateSync(file, length);
  } finally {
    closeSync(file);
  }
}
