// Writes a recording in a format, by name.
import { checkClaim } from "@minisim/output";
import type { Recorded } from "@minisim/recording";
import type { ExportOptions, Format } from "./contract.ts";
import { InteropError } from "./error.ts";
import { loadFormat } from "./registry.ts";

/**
 * Whether a recording could be exported to `path` as far as one sees without writing: to be asked before the work that makes it.
 * @throws InteropError "unsupported" for an unknown format; PathError "exists", "foreign", "inside".
 */
export async function checkExport(
  formatName: string,
  path: string,
  { force, inputs }: Pick<ExportOptions, "force" | "inputs"> = {},
): Promise<void> {
  const { name, form = "file" } = await writtenFormat(formatName);
  await checkClaim(path, { kind: name, form, force, ...(inputs && { inputs }) });
}

/**
 * Writes a recording to `path`, which appears once it is complete; on any failure, and on abort, nothing is left.
 * @throws InteropError "unsupported" for an unknown format or one that cannot hold the recording, "settings"; PathError "exists", "foreign", "held", …;
 *   the signal's reason when aborted.
 */
export async function exportRecording(
  source: Recorded,
  formatName: string,
  path: string,
  options: ExportOptions = {},
): Promise<void> {
  options.signal?.throwIfAborted();
  await (await writtenFormat(formatName)).write(source, path, options);
}

async function writtenFormat(name: string): Promise<Format & Required<Pick<Format, "write">>> {
  const format = await loadFormat(name);
  const { write } = format;
  if (write) return { ...format, write };
  throw new InteropError("unsupported", `The format ${name} is only read, not written.`);
}
