// suite2p: the movie as data.bin, the truth and results as a plane's .npy files.
import { z } from "zod";
import type { Format } from "../contract.ts";
import { readerOf } from "../reader.ts";
import { detectSuite2p } from "./detect.ts";
import { readSuite2p } from "./read.ts";
import { writeSuite2p } from "./write.ts";

const readSettings = z.strictObject({
  only_cells: z
    .boolean()
    .default(true)
    .describe("Only ROIs that iscell.npy calls cells, and that were not merged into others"),
  neuropil_coefficient: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("How much of Fneu is taken off F; else what suite2p was told, or 0.7, its default"),
  overlap: z
    .boolean()
    .default(true)
    .describe("Whether pixels that a cell shares with another belong to its footprint"),
});

export const format: Format = {
  name: "suite2p",
  form: "folder",
  summary:
    "plane0 with data.bin and the truth (F, spks, stat, iscell, ops); read by suite2p, roiextractors.",
  readSettings,
  write: writeSuite2p,
  detect: detectSuite2p,
  readEstimate: readerOf("suite2p", readSettings, readSuite2p),
};
