// One foreign HDF5 file, read under guard: whatever goes wrong inside becomes an InteropError that names the place.
import { InteropError } from "../error.ts";
import type { Guard } from "./guard.ts";
import { type Hdf5, isFatal, reasonOf } from "./instance.ts";
import { H5Source } from "./source.ts";

export interface Attempt<T> {
  readonly result?: T;
  readonly error?: unknown;
  /** Whether the library came to grief, or a call of it failed. */
  readonly isFatal: boolean;
  readonly hasFailed: boolean;
}

/** One file, under the eyes of a guard. */
export interface GuardedFile {
  /** Where the library finds it. */
  readonly at: string;
  /** How sentences call it. */
  readonly path: string;
  readonly size: number;
}

/** Calls `use` with the open file, and closes it afterwards. Throws nothing. */
export function attempted<T>(
  hdf5: Hdf5,
  guard: Guard,
  file: GuardedFile,
  use: (source: H5Source) => T,
): Attempt<T> {
  return guard.during(() => opened(hdf5, guard, file, use));
}

function opened<T>(
  hdf5: Hdf5,
  guard: Guard,
  { at, path, size }: GuardedFile,
  use: (source: H5Source) => T,
): Attempt<T> {
  let file: InstanceType<typeof hdf5.File>;
  try {
    file = new hdf5.File(at, "r");
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

/** What goes wrong here went wrong before, and was told. */
function closeQuietly(file: { close(): unknown }): void {
  try {
    file.close();
  } catch {}
}
