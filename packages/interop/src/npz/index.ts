// NumPy's .npz: the truth as named arrays; results as A, C, S, shifts.
import { z } from "zod";
import { arraySettings } from "../arrays-estimate.ts";
import type { Format } from "../contract.ts";
import { parseSettings } from "../settings.ts";
import { detectNpz, readNpzEstimate } from "./read.ts";
import { writeNpzTruth } from "./write.ts";

const npzSettings = z.strictObject({
  footprints: z
    .boolean()
    .default(true)
    .describe(
      "Include A, the observed footprints as images; the planted ones are there as patches",
    ),
});

export const format: Format = {
  name: "npz",
  summary: "The truth as NumPy arrays, no movie; np.load reads it. Results as A, C, S, shifts.",
  extension: ".npz",
  writeSettings: npzSettings,
  readSettings: arraySettings,
  write: async (source, path, options) => {
    const { footprints } = parseSettings("npz", npzSettings, options.settings);
    await writeNpzTruth(source, path, options, footprints);
  },
  detect: detectNpz,
  readEstimate: async (path, options) =>
    readNpzEstimate(path, parseSettings("npz", arraySettings, options?.settings)),
};
