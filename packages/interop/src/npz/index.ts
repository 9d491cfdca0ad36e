// NumPy's .npz in Node: the truth as named arrays; results as A, C, S, shifts.
import { arraySettings } from "../arrays-estimate.ts";
import { parseSettings } from "../settings.ts";
import { formatOf } from "../to-path.ts";
import { file } from "./file.ts";
import { detectNpz, readNpzEstimate } from "./read.ts";

export const format = formatOf(file, {
  readSettings: arraySettings,
  detect: detectNpz,
  readEstimate: async (path, options) =>
    readNpzEstimate(path, parseSettings("npz", arraySettings, options?.settings)),
});
