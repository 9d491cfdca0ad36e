// minian: results as folders of Zarr arrays.
import { z } from "zod";
import type { Format } from "../contract.ts";
import { parseSettings } from "../settings.ts";
import { isMinian } from "./detect.ts";
import { readMinian } from "./read.ts";
import { writeMinian } from "./write.ts";

export { type MinianOptions, readMinian } from "./read.ts";

const readSettings = z.strictObject({
  canvas: z
    .tuple([z.int().positive(), z.int().positive()])
    .nullable()
    .default(null)
    .describe("Height and width of the movie, when minian was given only a part of it"),
});

export const format: Format = {
  name: "minian",
  summary:
    "The truth as minian's results (A, C, S, motion as Zarr folders); read by minian, xarray.",
  readSettings,
  write: writeMinian,
  detect: isMinian,
  readEstimate: async (path, options) =>
    readMinian(path, parseSettings("minian", readSettings, options?.settings)),
};
