// A movie as one .npy array, frame × height × width, streamed.
import { atomically } from "../atomic.ts";
import type { ExportOptions, ExportSource } from "../contract.ts";
import { FileSink } from "../file-sink.ts";
import { bytesOf, movieOf } from "../stream.ts";
import { npyHeader } from "./header.ts";

const DESCR = { uint8: "|u1", uint16: "<u2", float32: "<f4" } as const;

export function writeNpyMovie(
  source: ExportSource,
  path: string,
  options: ExportOptions,
): Promise<void> {
  return atomically(path, options, (partial) =>
    FileSink.write(partial, async (sink) => {
      await sink.append(npyHeader(DESCR[source.container], source.shape));
      for await (const { data } of movieOf(source, options)) await sink.append(bytesOf(data));
    }),
  );
}
