// Results in MATLAB's files, version 7.3: HDF5 with the axes reversed. MIN1PIPE, CNMF-E and plain arrays.
import type { Format } from "../contract.ts";
import { parseSettings } from "../settings.ts";
import { detectMatlab, readMatlab, readSettings } from "./read.ts";

export const format: Format = {
  name: "matlab",
  summary: "MATLAB file (-v7.3) with the results of MIN1PIPE or CNMF-E, or arrays A, C, S, shifts.",
  extension: ".mat",
  readSettings,
  detect: detectMatlab,
  readEstimate: (path, options) =>
    readMatlab(path, parseSettings("matlab", readSettings, options?.settings)),
};
