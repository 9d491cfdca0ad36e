// NWB 2: the movie and the whole truth in its types; results of whoever writes NWB.
import type { Format } from "../contract.ts";
import { parseSettings } from "../settings.ts";
import { detectNwb, readNwb } from "./read.ts";
import { readSettings, writeSettings } from "./settings.ts";
import { writeNwb } from "./write.ts";

export const format: Format = {
  name: "nwb",
  summary: "Neurodata Without Borders 2: movie and truth; pynwb and roiextractors read it.",
  extension: ".nwb",
  writeSettings,
  readSettings,
  write: (source, path, options) =>
    writeNwb(source, path, options, parseSettings("nwb", writeSettings, options.settings)),
  detect: detectNwb,
  readEstimate: (path, options) =>
    readNwb(path, parseSettings("nwb", readSettings, options?.settings)),
};
