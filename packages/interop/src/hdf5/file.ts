// Plain HDF5: the movie as dataset `mov`, as CaImAn keeps it, with the truth beside it.
import type { FileFormat } from "../contract.ts";
import { writeRecording, writeSettings } from "./write.ts";

export const file: FileFormat<typeof writeSettings> = {
  name: "hdf5",
  title: "HDF5",
  summary: "HDF5 with the movie as dataset mov (CaImAn, h5py, MATLAB) and the truth beside it.",
  extension: ".hdf5",
  writeSettings,
  writeTo: writeRecording,
};
