// Writes an HDF5 file beside its path and moves it there once it is complete.
import { type AtomicOptions, atomically } from "../atomic.ts";
import { InteropError } from "../error.ts";
import { timeless } from "./clock.ts";
import { loadHdf5, reasonOf } from "./library.ts";
import { H5Sink } from "./sink.ts";

/**
 * Calls `write` with a new file, which is closed afterwards and then appears at `path`.
 * @throws InteropError "exists", "io" (disk full, no permission); whatever `write` throws.
 */
export async function writeHdf5(
  path: string,
  options: AtomicOptions,
  write: (sink: H5Sink) => Promise<void>,
): Promise<void> {
  const hdf5 = await loadHdf5();
  await atomically(path, options, async (partial) => {
    await ioErrors(path, async () => {
      // The older format: whatever reads HDF5 reads it, and groups bear no times.
      const file = timeless(() => new hdf5.File(partial, "w", { libver: ["earliest", "v110"] }));
      try {
        await write(new H5Sink(hdf5, file));
      } finally {
        timeless(() => file.close());
      }
    });
  });
}

async function ioErrors(path: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (cause) {
    if (!(cause instanceof Error) || !cause.message.startsWith("HDF5-DIAG")) throw cause;
    throw new InteropError("io", sentence(path, cause), { cause });
  }
}

function sentence(path: string, cause: Error): string {
  if (/no space left/i.test(cause.message)) {
    return `There is no space left on the disk of ${path}.`;
  }
  if (/permission denied|operation not permitted/i.test(cause.message)) {
    return `There is no permission to use ${path}.`;
  }
  return `${path} could not be written: ${reasonOf(cause)}.`;
}
