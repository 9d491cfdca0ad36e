// CaImAn's results: an HDF5 file as cnmf.save writes it.
import type { Format } from "../contract.ts";
import { parseSettings } from "../settings.ts";
import { detectCaiman, readCaiman, readSettings } from "./read.ts";
import { writeCaiman } from "./write.ts";

export const format: Format = {
  name: "caiman",
  summary:
    "Results of CaImAn (cnmf.save): the truth as estimates; load_CNMF and roiextractors read it.",
  extension: ".hdf5",
  readSettings,
  write: writeCaiman,
  detect: detectCaiman,
  readEstimate: (path, options) =>
    readCaiman(path, parseSettings("caiman", readSettings, options?.settings)),
};
