// CaImAn's results in Node.
import { readerOf } from "../reader.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectCaiman, readCaiman, readSettings } from "./read.ts";

export const format = formatOf(file, {
  readSettings,
  detect: detectCaiman,
  readEstimate: readerOf("caiman", readSettings, readCaiman),
});
