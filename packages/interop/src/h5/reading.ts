// Opens a foreign HDF5 file for reading, and turns whatever goes wrong inside into an InteropError that names the place.
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { InteropError } from "../error.ts";
import { withFsErrors } from "../fs-error.ts";
import { attempted } from "./attempt.ts";
import { Guard } from "./guard.ts";
import { isHdf5 } from "./is-hdf5.ts";
import { loadAnew, loadHdf5 } from "./library.ts";
import type { H5Source } from "./source.ts";

// A call that fails leaves its handles behind, and with them the library keeps the file open: should the file be mended in place,
// it would be read as a mixture of old and new. So these are not opened again by the same instance.
const leftOpen = new Set<string>();

/**
 * Calls `use` with the open file, and closes it afterwards. No other file is opened, whatever this one refers to.
 * @throws InteropError "missing", "io"; "malformed" when the file is no HDF5 or damaged; "unsupported" when what is asked for lies
 *   in another file.
 */
export async function readHdf5<T>(path: string, use: (source: H5Source) => T): Promise<T> {
  const { size, dev, ino } = await withFsErrors(path, () => stat(path));
  if (!(await isHdf5(path))) {
    throw new InteropError("malformed", `${path} is not an HDF5 file.`);
  }
  const identity = `${dev}:${ino}`;
  if (leftOpen.has(identity)) await replaceLibrary();
  const hdf5 = await loadHdf5();
  const only = resolve(path);
  const guard = new Guard(hdf5, (other) => resolve(other) === only);
  const attempt = attempted(hdf5, guard, { at: path, path, size }, use);
  if (guard.refusedMemory || attempt.isFatal) await replaceLibrary();
  else if (attempt.hasFailed) leftOpen.add(identity);
  if (attempt.error) throw attempt.error;
  return attempt.result as T;
}

async function replaceLibrary(): Promise<void> {
  await loadAnew();
  leftOpen.clear();
}

/**
 * Whether `test` finds what it looks for; false for what is damaged.
 * @throws InteropError "unsupported" when what it looks for lies in another file.
 */
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
