// Results as an .npz with arrays A, C, S, shifts.

import type { Estimate } from "@minisim/metrics";
import { type UnzipFileInfo, unzipSync } from "fflate";
import { ARRAY_NAMES, type ArraySettings, estimateOfArrays } from "../arrays-estimate.ts";
import { InteropError } from "../error.ts";
import { decodeNpy, type NpyArray } from "../npy/array.ts";
import { readBeginning, readWhole } from "../read-file.ts";

const WANTED = new Set<string>([...ARRAY_NAMES, "fov_shape"].map((name) => `${name}.npy`));
// "PK\3\4", the header of a ZIP's first file: name length at 26, name at 30.
const NAME_LENGTH_AT = 26;
const NAME_AT = 30;
const HEADER_BYTES = 1024;
// No stretch of DEFLATE holds more than 258 bytes in 2 bits.
const MOST_RATIO = 1032;

/** A ZIP whose first file is a .npy. */
export async function detectNpz(path: string): Promise<boolean> {
  const bytes = await readBeginning(path, HEADER_BYTES);
  if (![0x50, 0x4b, 3, 4].every((byte, i) => bytes[i] === byte)) return false;
  const length = (bytes[NAME_LENGTH_AT] ?? 0) + 256 * (bytes[NAME_LENGTH_AT + 1] ?? 0);
  const name = new TextDecoder().decode(bytes.subarray(NAME_AT, NAME_AT + length));
  return name.endsWith(".npy");
}

export async function readNpzEstimate(path: string, settings: ArraySettings): Promise<Estimate> {
  const zip = await readWhole(path);
  const arrays: Record<string, NpyArray> = {};
  for (const [file, bytes] of Object.entries(unzip(zip, path))) {
    const name = file.slice(0, -".npy".length);
    arrays[name] = decodeNpy(bytes as Uint8Array<ArrayBuffer>, `${path}: ${file}`);
  }
  const { fov_shape, ...rest } = arrays;
  return estimateOfArrays(rest, path, { ...fieldOf(fov_shape), ...settings });
}

/** What our own files say, so that as many units as columns confuse nobody. */
function fieldOf(fovShape: NpyArray | undefined): { height?: number; width?: number } {
  if (fovShape?.shape.length !== 1 || fovShape.shape[0] !== 2) return {};
  return { height: Number(fovShape.data[0]), width: Number(fovShape.data[1]) };
}

function unzip(zip: Uint8Array, path: string): Record<string, Uint8Array> {
  const bad = (problem: string, cause?: unknown) =>
    new InteropError("malformed", `${path} ${problem}.`, { cause });
  const isWanted = ({ name, size, originalSize }: UnzipFileInfo): boolean => {
    if (!WANTED.has(name)) return false;
    // Room for a file is made on its word.
    if (size > zip.length || originalSize > MOST_RATIO * size + 64) {
      throw bad(`claims ${originalSize} bytes in ${size} for ${name}`);
    }
    return true;
  };
  try {
    return unzipSync(zip, { filter: isWanted });
  } catch (error) {
    if (error instanceof InteropError) throw error;
    throw bad("is no whole ZIP file", error);
  }
}
