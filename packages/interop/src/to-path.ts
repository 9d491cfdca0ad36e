// What Node makes of a format that is one file: it is written to a path of the disk, where it appears once complete.
import { atomically } from "./atomic.ts";
import type { FileFormat, Format } from "./contract.ts";
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

/** @throws InteropError as `writerOf`; "exists", "io". */
export const writeToPath =
  (format: FileFormat): NonNullable<Format["write"]> =>
  async (source, path, options) => {
    const write = writerOf(format, source, options);
    await atomically(path, options, (partial) => write(outputAt(partial, path)));
  };

/** A file at `partial`, of which errors speak as `path`. */
function outputAt(partial: string, path: string): Output {
  return {
    stream: (write) => writeFileSink(partial, write),
    hdf5: (write) => writeHdf5File(partial, path, write),
  };
}
