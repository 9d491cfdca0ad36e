// Whether a file is HDF5, by its first bytes, without loading the library.
import { open } from "node:fs/promises";

const SIGNATURE = Buffer.from("\x89HDF\r\n\x1a\n", "latin1");
// A user block of 512 · 2ᵏ bytes may come first; MATLAB's is 512. Larger ones are not seen in the field.
const STARTS = [0, 512, 1024, 2048];

/** False, too, for what is no readable file. */
export async function isHdf5(path: string): Promise<boolean> {
  for (const start of STARTS) {
    if ((await bytesAt(path, start, SIGNATURE.length)).equals(SIGNATURE)) return true;
  }
  return false;
}

/** Bytes of a file, as many as there are; none where it cannot be read. */
export async function bytesAt(path: string, start: number, length: number): Promise<Buffer> {
  try {
    const file = await open(path, "r");
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return Buffer.alloc(0);
  }
}
