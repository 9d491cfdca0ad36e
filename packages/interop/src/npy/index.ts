// NumPy's .npy: the movie as one array; results as arrays named by their files.
import { arraySettings } from "../arrays-estimate.ts";
import type { Format } from "../contract.ts";
import { parseSettings } from "../settings.ts";
import { writeNpyMovie } from "./movie.ts";
import { detectNpy, readNpyEstimate } from "./read.ts";

export { decodeNpy, encodeNpy, type NpyArray, readNpy } from "./array.ts";
export { type NpyHeader, npyHeader, parseNpyHeader } from "./header.ts";

export const format: Format = {
  name: "npy",
  summary: "NumPy array (frame, height, width); np.load, CaImAn and everything in Python read it.",
  extension: ".npy",
  readSettings: arraySettings,
  write: writeNpyMovie,
  detect: detectNpy,
  readEstimate: async (path, options) =>
    readNpyEstimate(path, parseSettings("npy", arraySettings, options?.settings)),
};
