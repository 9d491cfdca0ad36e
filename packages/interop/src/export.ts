// Writes a recording in a format: one of ours by name, or one of somebody else's by value.
import { checkClaim } from "@minisim/output";
import type { Recorded } from "@minisim/recording";
import type { ExportOptions, Format } from "./contract.ts";
import { InteropError } from "./error.ts";
import { formatNames, loadFormat } from "./registry.ts";

/**
 * Whether a recording could be exported to `path` as far as one sees without writing: to be asked before the work that makes it.
 * @throws InteropError "unsupported" for an unknown format; PathError "exists", "foreign", "inside".
 */
export async function checkExport(
  format: string | Format,
  path: string,
  { force, inputs }: Pick<ExportOptions, "force" | "inputs"> = {},
): Promise<void> {
  const { name, form = "file" } = await writtenFormat(format);
  await checkClaim(path, { kind: name, form, force, ...(inputs && { inputs }) });
}

/**
 * Writes a recording to `path`, which appears once it is complete; on any failure, and on abort, nothing is left.
 * @throws InteropError "unsupported" for an unknown format or one that cannot hold the recording, "settings"; PathError "exists", "foreign", "held", …;
 *   the signal's reason when aborted.
 */
export async function exportRecording(
  source: Recorded,
  format: string | Format,
  path: string,
  options: ExportOptions = {},
): Promise<void> {
  options.signal?.throwIfAborted();
  await (await writtenFormat(format)).write(source, path, options);
}

async function writtenFormat(
  asked: string | Format,
): Promise<Format & Required<Pick<Format, "write">>> {
  const format = typeof asked === "string" ? await loadFormat(asked) : asked;
  const { name, write } = format;
  if (write) return { ...format, write };
  throw new InteropError("unsupported", `The format ${name} is only read, not written.`);
}

// Other common endings of the same files.
const SYNONYMS: Readonly<Record<string, string>> = {
  ".tif": ".ome.tif",
  ".tiff": ".ome.tif",
  ".h5": ".hdf5",
};

/**
 * The format that the ending of a path names: "movie.tif" is tiff, "a.nwb" is nwb. Where several formats end alike, it is the one of that name.
 * @throws InteropError "unsupported" that lists the endings.
 */
export async function formatOfPath(path: string): Promise<Format> {
  const formats = await Promise.all(formatNames.map(loadFormat));
  const written = formats.filter(({ write, form }) => write && form !== "folder");
  const lower = path.toLowerCase();
  const synonym = Object.keys(SYNONYMS).find((ending) => lower.endsWith(ending));
  const ending = (synonym && SYNONYMS[synonym]) ?? "";
  const named = written.filter(
    ({ extension = "?" }) => lower.endsWith(extension) || extension === ending,
  );
  const found = named.find(({ name, extension }) => extension === `.${name}`) ?? named[0];
  if (found) return found;
  const endings = [...new Set(written.map(({ extension }) => extension))].join(", ");
  throw new InteropError(
    "unsupported",
    `The ending of ${path} names no format; those that do are ${endings}. Name the format.`,
  );
}
