// minian: results as folders of Zarr arrays.
import { z } from "zod";
import type { Format } from "../contract.ts";
import { readerOf } from "../reader.ts";
import { detectMinian } from "./detect.ts";
import { readMinian } from "./read.ts";
import { writeMinian } from "./write.ts";

const readSettings = z.strictObject({
  canvas: z
    .tuple([z.int().positive(), z.int().positive()])
    .nullable()
    .default(null)
    .describe(
      "Height and width of the movie, when minian was given only a part of it; else the recording's, where A's coordinates begin inside it",
    ),
  components: z
    .enum(["accepted", "all"])
    .default("accepted")
    .describe(
      "accepted: as the coordinate unit_labels says, −1 is thrown away and units of one label are one cell; all: every unit as it is",
    ),
});

export const format: Format = {
  name: "minian",
  form: "folder",
  summary:
    "The truth as minian's results (A, C, S, motion as Zarr folders); read by minian, xarray.",
  readSettings,
  write: writeMinian,
  detect: detectMinian,
  readEstimate: readerOf("minian", readSettings, readMinian),
};
