// Results as an .npz: arrays A, C, S, shifts; or footprints alone, as one array or as a sparse matrix of scipy.
import type { Estimate } from "@minisim/scoring";
import { arraysNamed } from "../array-names.ts";
import { type ArraySettings, type ArrayShapes, planArrays } from "../arrays-estimate.ts";
import { InteropError } from "../error.ts";
import { bytesAt } from "../read-file.ts";
import type { Reading } from "../reading.ts";
import type { SparseMatrix } from "../sparse-matrix.ts";
import { type Members, withMembers } from "./members.ts";

// "PK\3\4", the header of a ZIP's first file: name length at 26, name at 30.
const NAME_LENGTH_AT = 26;
const NAME_AT = 30;
const HEADER_BYTES = 1024;

/** A ZIP whose first file is a .npy. */
export async function detectNpz(path: string): Promise<boolean> {
  const bytes = await bytesAt(path, 0, HEADER_BYTES);
  if (![0x50, 0x4b, 3, 4].every((byte, i) => bytes[i] === byte)) return false;
  const length = (bytes[NAME_LENGTH_AT] ?? 0) + 256 * (bytes[NAME_LENGTH_AT + 1] ?? 0);
  const name = new TextDecoder().decode(bytes.subarray(NAME_AT, NAME_AT + length));
  return name.endsWith(".npy");
}

export function readNpzEstimate(
  path: string,
  settings: ArraySettings,
  reading: Reading,
): Promise<Estimate> {
  return withMembers(path, async (members) => {
    const known = await ownSettings(members, settings);
    if (isSparse(members.names)) return readSparse(members, path, known, reading);
    const names = namesOf(members.names, reading);
    const shapes: Record<string, readonly number[]> = {};
    for (const [name, member] of Object.entries(names)) {
      shapes[name] = await members.shape(member);
    }
    const estimateOf = planArrays(shapes as ArrayShapes, path, known, reading);
    const data: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(names)) {
      data[name] = (await members.array(member)).data;
    }
    return estimateOf(data);
  });
}

/** By their names; an array that is alone can only be the footprints. */
function namesOf(available: readonly string[], reading: Reading) {
  const names = arraysNamed(available);
  if (names.A !== undefined || available.length !== 1) return names;
  reading.note(`Footprints are the only array, ${available[0]}.`);
  return { A: available[0]! };
}

/** What our own files say, so that as many units as columns confuse nobody. */
async function ownSettings(members: Members, settings: ArraySettings): Promise<ArraySettings> {
  if (!members.names.includes("fov_shape")) return settings;
  const { shape, data } = await members.array("fov_shape");
  if (shape.length !== 1 || shape[0] !== 2) return settings;
  return { height: Number(data[0]), width: Number(data[1]), ...settings };
}

const SPARSE = ["format", "shape", "data"];
const isSparse = (names: readonly string[]): boolean =>
  SPARSE.every((name) => names.includes(name));

/** What scipy.sparse.save_npz leaves: a matrix of footprints, and nothing else. */
async function readSparse(
  members: Members,
  path: string,
  settings: ArraySettings,
  reading: Reading,
): Promise<Estimate> {
  const format = await members.text("format");
  const parts = { csr: COMPRESSED, csc: COMPRESSED, coo: ["row", "col"] }[format];
  if (!parts) {
    throw new InteropError(
      "unsupported",
      `${path} is a sparse matrix of the format ${JSON.stringify(format)}; save it as csr, csc or coo.`,
    );
  }
  const missing = parts.find((part) => !members.names.includes(part));
  if (missing) {
    throw new InteropError("malformed", `${path} is a sparse matrix without ${missing}.npy.`);
  }
  const numbers = async (name: string) => Array.from((await members.array(name)).data, Number);
  const shape = await numbers("shape");
  const estimateOf = planArrays({ A: shape }, path, settings, reading);
  const matrix: Record<string, unknown> = { format };
  for (const part of ["data", ...parts]) {
    matrix[part] = Float64Array.from((await members.array(part)).data as ArrayLike<number>, Number);
  }
  return estimateOf({ A: matrix as SparseMatrix });
}

const COMPRESSED = ["indices", "indptr"];
