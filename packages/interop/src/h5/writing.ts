// Writes an HDF5 file of the disk, and says in a sentence what the disk had against it.
import { InteropError } from "../error.ts";
import { reasonOf } from "./instance.ts";
import { loadHdf5 } from "./library.ts";
import { makeHdf5 } from "./make.ts";
import type { H5Sink } from "./sink.ts";

/**
 * Calls `write` with the new file at `path`, which errors call `name`.
 * @throws InteropError "io" (disk full, no permission); whatever `write` throws.
 */
export async function writeHdf5File(
  path: string,
  name: string,
  write: (sink: H5Sink) => Promise<void>,
): Promise<void> {
  try {
    await makeHdf5(await loadHdf5(), path, write);
  } catch (cause) {
    if (!(cause instanceof Error) || !cause.message.startsWith("HDF5-DIAG")) throw cause;
    throw new InteropError("io", sentence(name, cause), { cause });
  }
}

function sentence(name: string, cause: Error): string {
  if (/no space left/i.test(cause.message)) {
    return `There is no space left on the disk of ${name}.`;
  }
  if (/permission denied|operation not permitted/i.test(cause.message)) {
    return `There is no permission to use ${name}.`;
  }
  return `${name} could not be written: ${reasonOf(cause)}.`;
}
