// NumPy's .npz in Node: the truth as named arrays; results as A, C, S, shifts.
import { arraySettings } from "../arrays-estimate.ts";
import { readerOf } from "../reader.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectNpz, readNpzEstimate } from "./read.ts";

export const format = formatOf(file, {
  readSettings: arraySettings,
  detect: detectNpz,
  readEstimate: readerOf("npz", arraySettings, readNpzEstimate),
});
