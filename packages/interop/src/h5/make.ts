// Makes an HDF5 file in the library's file system, whatever stands behind that.
import { timeless } from "./clock.ts";
import type { Hdf5 } from "./instance.ts";
import { H5Sink } from "./sink.ts";

/** Calls `write` with the new file, and closes it, whatever happens. */
export async function makeHdf5(
  hdf5: Hdf5,
  name: string,
  write: (sink: H5Sink) => Promise<void>,
): Promise<void> {
  // The older format: whatever reads HDF5 reads it, and groups bear no times.
  const file = timeless(() => new hdf5.File(name, "w", { libver: ["earliest", "v110"] }));
  try {
    await write(new H5Sink(hdf5, file));
  } finally {
    timeless(() => file.close());
  }
}
