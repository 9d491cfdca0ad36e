// Plain HDF5 in Node: movie and truth; results as arrays by name.
import { readerOf } from "../reader.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectArrays, readArrays, readSettings } from "./read.ts";

export const format = formatOf(file, {
  readSettings,
  detect: detectArrays,
  readEstimate: readerOf("hdf5", readSettings, readArrays),
});
