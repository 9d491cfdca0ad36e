// Opens a foreign HDF5 file for reading, and turns whatever goes wrong inside into an InteropError that names the place.
import { stat } from "node:fs/promises";
import { InteropError } from "../error.ts";
import { withFsErrors } from "../fs-error.ts";
import { isFatal, reasonOf } from "./instance.ts";
import { loadAnew, loadHdf5 } from "./library.ts";
import { isHdf5 } from "./signature.ts";
import { H5Source } from "./source.ts";

// A call that fails leaves its handles behind, and with them the library keeps the file open: should the file be mended in place,
// it would be read as a mixture of old and new. So these are not opened again by the same instance.
const leftOpen = new Set<string>();

/**
 * Calls `use` with the open file, and closes it afterwards.
 * @throws InteropError "missing", "io"; "malformed" when the file is no HDF5 or damaged.
 */
export async function readHdf5<T>(path: string, use: (source: H5Source) => T): Promise<T> {
  const { size, dev, ino } = await withFsErrors(path, () => stat(path));
  if (!(await isHdf5(path))) {
    throw new InteropError("malformed", `${path} is not an HDF5 file.`);
  }
  const identity = `${dev}:${ino}`;
  if (leftOpen.has(identity)) await replaceLibrary();
  const hdf5 = await loadHdf5();
  let file: InstanceType<typeof hdf5.File>;
  try {
    file = new hdf5.File(path, "r");
  } catch (cause) {
    if (isFatal(cause)) await replaceLibrary();
    throw new InteropError(
      "malformed",
      `${path} is damaged: HDF5 cannot open it (${reasonOf(cause)}).`,
      { cause },
    );
  }
  const source = new H5Source(path, size, hdf5, file);
  try {
    return use(source);
  } catch (cause) {
    if (cause instanceof InteropError) throw cause;
    leftOpen.add(identity);
    if (isFatal(cause)) await replaceLibrary();
    throw new InteropError(
      "malformed",
      `${path}: ${source.place} does not hold together (${reasonOf(cause)}).`,
      { cause },
    );
  } finally {
    if (source.hasFailed) leftOpen.add(identity);
    closeQuietly(file);
  }
}

async function replaceLibrary(): Promise<void> {
  await loadAnew();
  leftOpen.clear();
}

/** What goes wrong here went wrong before, and was told. */
function closeQuietly(file: { close(): unknown }): void {
  try {
    file.close();
  } catch {}
}

/** Whether `test` finds what it looks for; never throws. */
export async function probeHdf5(
  path: string,
  test: (source: H5Source) => boolean,
): Promise<boolean> {
  if (!(await isHdf5(path))) return false;
  try {
    return await readHdf5(path, test);
  } catch {
    return false;
  }
}
