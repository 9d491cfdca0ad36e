// HDF5 in a tab: the file is held in memory while it is read.
import { InteropError } from "../error.ts";
import { readHdf5In } from "../h5/in-memory.ts";
import { isHdf5 } from "../h5/is-hdf5.ts";
import type { H5Source } from "../h5/source.ts";
import { blobAt } from "./disk.ts";

const MOST_BYTES = 2 ** 30;

/** As that of `../h5/reading.ts`. @throws InteropError "unsupported" for a file of more than 1 GiB. */
export async function readHdf5<T>(path: string, use: (source: H5Source) => T): Promise<T> {
  const blob = blobAt(path);
  if (!blob) throw new InteropError("missing", `There is nothing at ${path}.`);
  if (blob.size > MOST_BYTES) {
    throw new InteropError(
      "unsupported",
      `${path} has ${(blob.size / 1e9).toFixed(1)} GB, and a tab reads HDF5 files of at most 1.07 GB: use the command line.`,
    );
  }
  return readHdf5In(new Uint8Array(await blob.arrayBuffer()), path, use);
}

export async function probeHdf5(
  path: string,
  test: (source: H5Source) => boolean,
): Promise<boolean> {
  if (!(await isHdf5(path))) return false;
  try {
    return await readHdf5(path, test);
  } catch (error) {
    if (error instanceof InteropError && error.code === "unsupported") throw error;
    return false;
  }
}
