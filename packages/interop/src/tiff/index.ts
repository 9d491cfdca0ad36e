// BigTIFF in Node: the movie; results as a stack of footprints with traces beside it.
import { readerOf } from "../reader.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectTiff, readSettings, readTiffEstimate } from "./read.ts";

export const format = formatOf(file, {
  readSettings,
  detect: detectTiff,
  readEstimate: readerOf("tiff", readSettings, readTiffEstimate),
});
