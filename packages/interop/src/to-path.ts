// What Node makes of a format that is one file: it is written to a path of the disk, where it appears once complete.
import { type ClaimOptions, writeClaimed } from "@minisim/output";
import type { ExportOptions, FileFormat, Format } from "./contract.ts";
import { writeFileSink } from "./file-sink.ts";
import { writeHdf5File } from "./h5/writing.ts";
import type { Output } from "./output.ts";
import { writerOf } from "./write-file.ts";

/** The format with its `write`, and with what else it can do, such as reading results. */
export function formatOf(
  file: FileFormat,
  reading: Pick<Format, "readSettings" | "detect" | "readEstimate"> = {},
): Format {
  const { name, summary, extension, writeSettings } = file;
  const choice = writeSettings ? { writeSettings } : {};
  return { name, summary, extension, ...choice, write: writeToPath(file), ...reading };
}

/** @throws InteropError as `writerOf`; PathError. */
export const writeToPath =
  (format: FileFormat): NonNullable<Format["write"]> =>
  async (source, path, options) => {
    const write = writerOf(format, source, options);
    await writeClaimed(path, fileOf(format.name, options), (partial) =>
      write(outputAt(partial, path)),
    );
  };

/** The claim to the one file of a format. */
export const fileOf = (kind: string, { force, inputs = [] }: ExportOptions): ClaimOptions => ({
  kind,
  form: "file",
  force,
  inputs,
});

/** The claim to the folder of a format, in which its files are those whose relative names match. */
export const folderOf = (
  kind: string,
  files: RegExp,
  { force, inputs = [] }: ExportOptions,
): ClaimOptions => ({ kind, form: "folder", owns: (name) => files.test(name), force, inputs });

/** A file at `partial`, of which errors speak as `path`. */
function outputAt(partial: string, path: string): Output {
  return {
    stream: (write) => writeFileSink(partial, write),
    hdf5: (write) => writeHdf5File(partial, path, write),
  };
}
