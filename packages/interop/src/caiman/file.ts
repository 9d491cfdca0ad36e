// CaImAn's results: an HDF5 file as cnmf.save writes it.
import type { FileFormat } from "../contract.ts";
import { writeCaiman } from "./write.ts";

export const file: FileFormat = {
  name: "caiman",
  title: "CaImAn results",
  summary:
    "Results of CaImAn (cnmf.save): the truth as estimates; load_CNMF and roiextractors read it.",
  extension: ".hdf5",
  writeTo: (output, source, _, watch) => writeCaiman(output, source, watch),
};
