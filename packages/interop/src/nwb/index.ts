// NWB 2 in Node: movie and truth; results of whoever writes NWB.
import { readerOf } from "../reader.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectNwb, readNwb } from "./read.ts";
import { readSettings } from "./settings.ts";

export const format = formatOf(file, {
  readSettings,
  detect: detectNwb,
  readEstimate: readerOf("nwb", readSettings, readNwb),
});
