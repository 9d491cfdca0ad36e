// What the library may do while it reads a foreign file: open that one file, take no more memory than it needs, and come to an end.
// HDF5 follows links and raw data into other files, unpacks a chunk as long as its bytes go on, and loops over damaged heaps.
import { isBrokenHeap } from "./global-heap.ts";
import { fileSystemOf, type Hdf5 } from "./instance.ts";

// Of Emscripten's file system, which the library runs on; its own declarations are of an older one.
interface FileSystem {
  open: (path: string, flags: number | string, ...rest: unknown[]) => unknown;
  read: (stream: unknown, to: Int8Array, at: number, ...rest: unknown[]) => number;
  readonly ErrnoError: new (errno: number) => Error;
}

// "Permission denied" and "input/output error", as the C library numbers them.
const EACCES = 2;
const EIO = 29;
/** A file that must not be there yet: the library keeps its messages in such. */
const O_EXCL = 0o200;
/** For what files describe of themselves, and the library's own caches. */
const SPARE_BYTES = 1 << 28;
const PAGE_BYTES = 1 << 16;

export class Guard {
  /** Another file that the library wanted to open. */
  refusedFile: string | null = null;
  /** Whether the library wanted more memory than was allowed; it is of no use afterwards. */
  refusedMemory = false;
  readonly #isOnly: (path: string) => boolean;
  readonly #hdf5: Hdf5;
  #allowed = 0;

  /** @param isOnly whether a path is that of the one file */
  constructor(hdf5: Hdf5, isOnly: (path: string) => boolean) {
    this.#hdf5 = hdf5;
    this.#isOnly = isOnly;
    this.allow(0);
  }

  /** So many bytes more than the library has now, and some to spare. */
  allow(bytes: number): void {
    this.#allowed = this.#hdf5.Module.HEAPU8.length + bytes + SPARE_BYTES;
  }

  /** Calls what uses the library, which must not wait for anything: nobody else may open files meanwhile. */
  during<T>(call: () => T): T {
    const FS = fileSystemOf<FileSystem>(this.#hdf5);
    const { open, read } = FS;
    const memory = WebAssembly.Memory.prototype;
    const { grow } = memory;
    FS.open = (path, flags, ...rest) => {
      const isNew = typeof flags === "number" && (flags & O_EXCL) !== 0;
      if (!isNew && !this.#isOnly(path)) {
        this.refusedFile ??= path;
        throw new FS.ErrnoError(EACCES);
      }
      return open(path, flags, ...rest);
    };
    FS.read = (stream, to, at, ...rest) => {
      const length = read(stream, to, at, ...rest);
      const isBroken = isBrokenHeap(new DataView(to.buffer, to.byteOffset + at, length));
      if (isBroken) throw new FS.ErrnoError(EIO);
      return length;
    };
    const guard = this;
    memory.grow = function (this: WebAssembly.Memory, pages: number) {
      const size = this.buffer.byteLength + pages * PAGE_BYTES;
      if (size <= guard.#allowed) return grow.call(this, pages);
      // Told no, the library prints; told nothing, it steps beyond its memory and is stopped.
      guard.refusedMemory = true;
      return this.buffer.byteLength / PAGE_BYTES;
    };
    try {
      return call();
    } finally {
      Object.assign(FS, { open, read });
      memory.grow = grow;
    }
  }
}
