// HDF5 without a disk: the library reads and writes a SyncFile, as if it were a file of its own file system. Nothing of it is
// kept in memory, so the file may be larger.
import { type SyncFile, writeAll } from "../sync-file.ts";
import { fileSystemOf, type Hdf5, readied } from "./instance.ts";
import { makeHdf5 } from "./make.ts";
import type { H5Sink } from "./sink.ts";

// Of Emscripten's file system, which the library runs on; its own declarations are of an older one.
interface FileSystem {
  create(path: string): FileNode;
  unlink(path: string): void;
  readonly ErrnoError: new (errno: number) => Error;
}
interface FileNode {
  readonly usedBytes: number;
  node_ops: object;
  stream_ops: { readonly llseek: unknown };
}

/** "Input/output error", as the C library numbers it. */
const EIO = 29;

let loading: Promise<Hdf5> | undefined;
let files = 0;

/** Calls `write` with a new HDF5 file in `file`, which is empty. @throws what `file` threw; whatever `write` throws. */
export async function writeHdf5On(
  file: SyncFile,
  write: (sink: H5Sink) => Promise<void>,
): Promise<void> {
  loading ??= readied(import("h5wasm"));
  const hdf5 = await loading;
  const FS = fileSystemOf<FileSystem>(hdf5);
  files += 1;
  const name = `/recording-${files}.h5`;
  const failure = standFor(FS, FS.create(name), file);
  try {
    await makeHdf5(hdf5, name, write);
  } catch (error) {
    // The library can only say that there was one.
    throw failure.first ?? error;
  } finally {
    FS.unlink(name);
  }
}

/** Puts `file` behind a node of the file system. Tells the first thing that went wrong with it. */
function standFor(FS: FileSystem, node: FileNode, file: SyncFile): { readonly first: unknown } {
  const failure: { first: unknown } = { first: undefined };
  const guarded = <T>(call: () => T): T => {
    try {
      return call();
    } catch (error) {
      failure.first ??= error;
      throw new FS.ErrnoError(EIO);
    }
  };
  const part = (heap: Int8Array, offset: number, length: number) =>
    new Uint8Array(heap.buffer, heap.byteOffset + offset, length);
  Object.defineProperty(node, "usedBytes", { get: () => file.getSize() });
  node.node_ops = {
    ...node.node_ops,
    setattr: (_: FileNode, { size }: { readonly size?: number }) => {
      if (size !== undefined) guarded(() => file.truncate(size));
    },
  };
  node.stream_ops = {
    llseek: node.stream_ops.llseek,
    read: (_: unknown, heap: Int8Array, offset: number, length: number, at: number) =>
      guarded(() => file.read(part(heap, offset, length), { at })),
    write: (_: unknown, heap: Int8Array, offset: number, length: number, at: number) =>
      guarded(() => {
        writeAll(file, part(heap, offset, length), at);
        return length;
      }),
  } as FileNode["stream_ops"];
  return failure;
}
