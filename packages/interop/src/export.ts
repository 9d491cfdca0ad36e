// Writes a recording in a format, by name.
import type { ExportOptions, ExportSource } from "./contract.ts";
import { InteropError } from "./error.ts";
import { loadFormat } from "./registry.ts";

/**
 * Writes a recording to `path`, which appears once it is complete; on any failure, and on abort, nothing is left.
 * @throws InteropError "unsupported" for an unknown format or one that cannot hold the recording, "settings"; PathError "exists", "foreign", "held", …;
 *   the signal's reason when aborted.
 */
export async function exportRecording(
  source: ExportSource,
  formatName: string,
  path: string,
  options: ExportOptions = {},
): Promise<void> {
  options.signal?.throwIfAborted();
  const format = await loadFormat(formatName);
  if (!format.write) {
    throw new InteropError("unsupported", `The format ${formatName} is only read, not written.`);
  }
  await format.write(source, path, options);
}
