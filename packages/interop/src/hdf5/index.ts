// Plain HDF5: the movie as dataset `mov`, as CaImAn keeps it, with the truth beside it; results as arrays by name.
import type { Format } from "../contract.ts";
import { parseSettings } from "../settings.ts";
import { detectArrays, readArrays, readSettings } from "./read.ts";
import { writeRecording, writeSettings } from "./write.ts";

export const format: Format = {
  name: "hdf5",
  summary: "HDF5 with the movie as dataset mov (CaImAn, h5py, MATLAB) and the truth beside it.",
  extension: ".hdf5",
  writeSettings,
  readSettings,
  write: (source, path, options) =>
    writeRecording(source, path, options, parseSettings("hdf5", writeSettings, options.settings)),
  detect: detectArrays,
  readEstimate: (path, options) =>
    readArrays(path, parseSettings("hdf5", readSettings, options?.settings)),
};
