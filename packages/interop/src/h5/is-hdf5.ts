// Whether a file is HDF5, by its first bytes, without loading the library.
import { bytesAt } from "../read-file.ts";
import { isSignature, SIGNATURE_BYTES, SIGNATURE_STARTS } from "./signature.ts";

/** False, too, for what cannot be read. @throws InteropError "unsupported" for a pipe, a socket or a device. */
export async function isHdf5(path: string): Promise<boolean> {
  for (const start of SIGNATURE_STARTS) {
    if (isSignature(await bytesAt(path, start, SIGNATURE_BYTES))) return true;
  }
  return false;
}
