// NumPy's .npy: the movie as one array; results as arrays named by their files.
import { arraySettings } from "../arrays-estimate.ts";
import { readerOf } from "../reader.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectNpy, readNpyEstimate } from "./read.ts";

export { decodeNpy, encodeNpy, type NpyArray } from "./array.ts";
export { readNpy } from "./array-file.ts";
export { type NpyHeader, npyHeader, parseNpyHeader } from "./header.ts";

export const format = formatOf(file, {
  readSettings: arraySettings,
  detect: detectNpy,
  readEstimate: readerOf("npy", arraySettings, readNpyEstimate),
});
