// The store of the Python package minisim 1.0.x.
import { z } from "zod";
import type { Format } from "../contract.ts";
import { readerOf } from "../reader.ts";
import { isPythonRecording } from "./layout.ts";
import { readPythonEstimate } from "./read.ts";
import { writePythonRecording } from "./write.ts";

export { type PythonRecordingOptions, readPythonRecording } from "./read.ts";

export const format: Format = {
  name: "python_minisim",
  form: "folder",
  summary:
    "Movie, truth and spec for `minisim.Recording.load` of the Python package minisim 1.0.x.",
  extension: ".zarr",
  write: writePythonRecording,
  detect: isPythonRecording,
  readEstimate: readerOf("python_minisim", z.strictObject({}), readPythonEstimate),
};
