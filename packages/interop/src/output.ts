// Where a format writes its one file. What stands behind it, a path of the disk or a file of the browser, no format knows.
import type { H5Sink } from "./h5/sink.ts";
import type { Sink } from "./sink.ts";

/** A new file, to be written once, in one of two ways. */
export interface Output {
  /** Bytes from the first to the last, some of them replaced later. */
  stream(write: (sink: Sink) => Promise<void>): Promise<void>;
  /** HDF5, whose library writes wherever it likes. */
  hdf5(write: (sink: H5Sink) => Promise<void>): Promise<void>;
}
