// CaImAn's results in Node.
import { parseSettings } from "../settings.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectCaiman, readCaiman, readSettings } from "./read.ts";

export const format = formatOf(file, {
  readSettings,
  detect: detectCaiman,
  readEstimate: (path, options) =>
    readCaiman(path, parseSettings("caiman", readSettings, options?.settings)),
});
