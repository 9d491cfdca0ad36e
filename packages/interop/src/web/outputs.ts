// Places for one file that a browser has: files of its own, which a worker writes at once, and files of the user's disk, which
// are streams.
import { writeHdf5On } from "../h5/on-file.ts";
import type { Output } from "../output.ts";
import { Sink } from "../sink.ts";
import { type SyncFile, writeAll } from "../sync-file.ts";

/** A file that can be read and written at once; it is empty, and its owner closes it. */
export function outputOn(file: SyncFile): Output {
  return {
    stream: (write) => Sink.onto((bytes, at) => writeAll(file, bytes, at), write),
    hdf5: (write) => writeHdf5On(file, write),
  };
}

/** What a FileSystemWritableFileStream does; its owner closes it. */
export interface WritableFile {
  write(part: {
    readonly type: "write";
    readonly position: number;
    readonly data: Uint8Array<ArrayBuffer>;
  }): Promise<void>;
}

/** A file for a while, which is read once it is written. */
export interface Scratch {
  readonly file: SyncFile;
  read(): Promise<Blob>;
}

/** A stream. HDF5, which reads what it has written, goes to a scratch file first and is copied piece by piece. */
export function outputInto(target: WritableFile, makeScratch: () => Promise<Scratch>): Output {
  const put = (bytes: Uint8Array, position: number) =>
    target.write({ type: "write", position, data: bytes as Uint8Array<ArrayBuffer> });
  return {
    stream: (write) => Sink.onto(put, write),
    async hdf5(write) {
      const { file, read } = await makeScratch();
      await writeHdf5On(file, write);
      const reader = (await read()).stream().getReader();
      let position = 0;
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        await put(next.value, position);
        position += next.value.length;
      }
    },
  };
}
