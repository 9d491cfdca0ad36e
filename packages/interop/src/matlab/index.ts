// Results in MATLAB's files, version 7.3: HDF5 with the axes reversed. MIN1PIPE, CNMF-E, EXTRACT and plain arrays.
import type { Format } from "../contract.ts";
import { readerOf } from "../reader.ts";
import { detectMatlab, readMatlab, readSettings } from "./read.ts";

export const format: Format = {
  name: "matlab",
  summary:
    "MATLAB file (-v7.3) with the results of MIN1PIPE, CNMF-E or EXTRACT, or arrays A, C, S, shifts.",
  extension: ".mat",
  readSettings,
  detect: detectMatlab,
  readEstimate: readerOf("matlab", readSettings, readMatlab),
};
