// NWB 2 in Node: movie and truth; results of whoever writes NWB.
import { parseSettings } from "../settings.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectNwb, readNwb } from "./read.ts";
import { readSettings } from "./settings.ts";

export const format = formatOf(file, {
  readSettings,
  detect: detectNwb,
  readEstimate: (path, options) =>
    readNwb(path, parseSettings("nwb", readSettings, options?.settings)),
});
