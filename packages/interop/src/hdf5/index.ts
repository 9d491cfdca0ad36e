// Plain HDF5 in Node: movie and truth; results as arrays by name.
import { parseSettings } from "../settings.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectArrays, readArrays, readSettings } from "./read.ts";

export const format = formatOf(file, {
  readSettings,
  detect: detectArrays,
  readEstimate: (path, options) =>
    readArrays(path, parseSettings("hdf5", readSettings, options?.settings)),
});
