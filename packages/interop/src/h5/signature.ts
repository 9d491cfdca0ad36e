// Whether a file is HDF5, by its first bytes, without loading the library.
import { bytesAt } from "../read-file.ts";

const SIGNATURE = Buffer.from("\x89HDF\r\n\x1a\n", "latin1");
// A user block of 512 · 2ᵏ bytes may come first; MATLAB's is 512. Larger ones are not seen in the field.
const STARTS = [0, 512, 1024, 2048];

/** False, too, for what cannot be read. @throws InteropError "unsupported" for a pipe, a socket or a device. */
export async function isHdf5(path: string): Promise<boolean> {
  for (const start of STARTS) {
    if (SIGNATURE.equals(await bytesAt(path, start, SIGNATURE.length))) return true;
  }
  return false;
}
