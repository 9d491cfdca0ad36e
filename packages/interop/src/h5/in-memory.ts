// Reads an HDF5 file that is in memory, where there is no disk.
import { InteropError } from "../error.ts";
import { attempted } from "./attempt.ts";
import { Guard } from "./guard.ts";
import { fileSystemOf, readied } from "./instance.ts";
import { isSignature, SIGNATURE_STARTS } from "./signature.ts";
import type { H5Source } from "./source.ts";

// Of Emscripten's file system, which the library runs on.
interface FileSystem {
  writeFile(path: string, bytes: Uint8Array): void;
  unlink(path: string): void;
}

let files = 0;

/**
 * Calls `use` with the file. @param name how sentences call it
 * @throws InteropError "malformed" when the bytes are no HDF5 or damaged; "unsupported" when what is asked for lies in another file.
 */
export async function readHdf5In<T>(
  bytes: Uint8Array,
  name: string,
  use: (source: H5Source) => T,
): Promise<T> {
  if (!SIGNATURE_STARTS.some((start) => isSignature(bytes.subarray(start)))) {
    throw new InteropError("malformed", `${name} is not an HDF5 file.`);
  }
  const hdf5 = await readied(import("h5wasm"));
  const FS = fileSystemOf<FileSystem>(hdf5);
  files += 1;
  const at = `/opened-${files}.h5`;
  FS.writeFile(at, bytes);
  const guard = new Guard(hdf5, (path) => path === at);
  const { error, result } = attempted(hdf5, guard, { at, path: name, size: bytes.length }, use);
  FS.unlink(at);
  if (error) throw error;
  return result as T;
}
