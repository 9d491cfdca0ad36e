// Which version of MATLAB's files a file is of: only 7.3, which is HDF5, is read.
// https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
import { InteropError } from "../error.ts";
import { bytesAt } from "../read-file.ts";

export type MatlabVersion = "7.3" | "5" | "4";

const TEXT = "MATLAB ";
const TEXT_73 = "MATLAB 7.3";
const HEAD_BYTES = 20;
const MOST_NAME_BYTES = 64;

/** Null for what is no MATLAB file. */
export async function matlabVersion(path: string): Promise<MatlabVersion | null> {
  const bytes = await bytesAt(path, 0, HEAD_BYTES + MOST_NAME_BYTES);
  const text = new TextDecoder("latin1").decode(bytes);
  if (text.startsWith(TEXT_73)) return "7.3";
  if (text.startsWith(TEXT)) return "5";
  return isVersion4(bytes, text) ? "4" : null;
}

/** Version 4 has no mark: five numbers (type, rows, columns, whether complex, length of the name) and the name of a variable. */
function isVersion4(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < HEAD_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [true, false].some((little) => {
    const [type, rows, columns, complex, length] = [0, 4, 8, 12, 16].map((at) =>
      view.getUint32(at, little),
    ) as [number, number, number, number, number];
    // Thousands: the order of bytes; tens: the type of numbers; ones: full, text or sparse.
    const order = little ? 0 : 1000;
    const isType = type >= order && type < order + 60 && type % 10 <= 2;
    const isSized = rows > 0 && columns > 0 && rows * columns < 2 ** 31 && complex <= 1;
    if (!isType || !isSized || length < 2 || length > MOST_NAME_BYTES) return false;
    return /^[A-Za-z]\w*\0$/.test(text.slice(HEAD_BYTES, HEAD_BYTES + length));
  });
}

/** @throws InteropError "unsupported" for older versions, with what to do. */
export async function requireVersion73(path: string): Promise<void> {
  const version = await matlabVersion(path);
  if (version === null || version === "7.3") return;
  throw new InteropError(
    "unsupported",
    `${path} is a MATLAB file of version ${version}, which is older than 7.3 and is not read: save it in MATLAB with save(…, '-v7.3'), or from Python, whose scipy writes nothing newer, with np.savez("results.npz", A=A, C=C, S=S).`,
  );
}
