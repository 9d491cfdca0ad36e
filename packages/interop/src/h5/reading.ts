// Opens a foreign HDF5 file for reading, and turns whatever goes wrong inside into an InteropError that names the place.
import { stat } from "node:fs/promises";
import { InteropError } from "../error.ts";
import { withFsErrors } from "../fs-error.ts";
import { Guard } from "./guard.ts";
import { type Hdf5, isFatal, reasonOf } from "./instance.ts";
import { loadAnew, loadHdf5 } from "./library.ts";
import { isHdf5 } from "./signature.ts";
import { H5Source } from "./source.ts";

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
  const guard = new Guard(hdf5, path);
  const attempt = guard.during(() => attempted(hdf5, guard, path, size, use));
  if (guard.refusedMemory || attempt.isFatal) await replaceLibrary();
  else if (attempt.hasFailed) leftOpen.add(identity);
  if (attempt.error) throw attempt.error;
  return attempt.result as T;
}

interface Attempt<T> {
  readonly result?: T;
  readonly error?: unknown;
  /** Whether the library came to grief, or a call of it failed. */
  readonly isFatal: boolean;
  readonly hasFailed: boolean;
}

function attempted<T>(
  hdf5: Hdf5,
  guard: Guard,
  path: string,
  size: number,
  use: (source: H5Source) => T,
): Attempt<T> {
  let file: InstanceType<typeof hdf5.File>;
  try {
    file = new hdf5.File(path, "r");
  } catch (cause) {
    const sentence = `${path} is damaged: HDF5 cannot open it (${reasonOf(cause)}).`;
    const error = new InteropError("malformed", sentence, { cause });
    return { error, isFatal: isFatal(cause), hasFailed: false };
  }
  const source = new H5Source(path, size, hdf5, file, guard);
  try {
    const result = use(source);
    return { result, isFatal: false, hasFailed: source.hasFailed };
  } catch (cause) {
    if (cause instanceof InteropError) {
      return { error: cause, isFatal: false, hasFailed: source.hasFailed };
    }
    return { error: failure(source, guard, cause), isFatal: isFatal(cause), hasFailed: true };
  } finally {
    closeQuietly(file);
  }
}

function failure(source: H5Source, guard: Guard, cause: unknown): InteropError {
  const { place } = source;
  if (guard.refusedFile !== null) return source.elsewhere(place);
  const problem = guard.refusedMemory
    ? "unpacks to far more than its chunks hold"
    : `does not hold together (${reasonOf(cause)})`;
  return source.malformed(place, problem, { cause });
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
