// Reads a plane of suite2p's results.
import { join } from "node:path";
import { type Footprint, FootprintStack } from "@minisim/footprint";
import type { Estimate, Rows } from "@minisim/metrics";
import { InteropError } from "../error.ts";
import { readNpy } from "../npy/array.ts";
import { planeOf } from "./detect.ts";
import { type Dictionary, readDictionaries } from "./objects.ts";

export interface Suite2pOptions {
  /** Only what suite2p calls a cell (first column of iscell.npy), where there is such a file. */
  readonly only_cells: boolean;
  /** How much of Fneu is taken off F, 0 … 1. */
  readonly neuropil_coefficient: number;
  /** Whether pixels that a cell shares with another count; suite2p leaves them out of F. */
  readonly overlap: boolean;
}

/** Cameras have fewer rows and columns; more is damage. */
const MOST_PIXELS = 1 << 16;

/**
 * Footprints from ypix, xpix and lam; C is F − neuropil_coefficient · Fneu; S is spks. Shifts are (yoff, xoff) as they are:
 * suite2p rolls a frame by (−yoff, −xoff) to put its content back, so they are where the content was displaced to.
 * @throws InteropError "missing", "malformed", "unsupported" for a folder of several planes.
 */
export async function readSuite2p(folder: string, options: Suite2pOptions): Promise<Estimate> {
  const plane = await planeOf(folder);
  const [ops] = (await readDictionaries(join(plane, "ops.npy"))) as [Dictionary];
  const canvas = { height: ops.size("Ly"), width: ops.size("Lx") };
  if (canvas.height > MOST_PIXELS || canvas.width > MOST_PIXELS) {
    throw new InteropError(
      "malformed",
      `${ops.place} claims ${canvas.height} × ${canvas.width} pixels.`,
    );
  }
  const stat = await readDictionaries(join(plane, "stat.npy"));
  const kept = options.only_cells ? await cellsOf(plane, stat.length) : [...stat.keys()];
  const footprints = kept.map((i) => footprintOf(stat[i]!, canvas, options.overlap));
  const F = await tracesOf(plane, "F", stat.length, kept);
  const k = options.neuropil_coefficient;
  const neuropil = F && k !== 0 ? await tracesOf(plane, "Fneu", stat.length, kept) : null;
  if (F && k !== 0 && neuropil?.data.length !== F.data.length) {
    throw new InteropError("malformed", `${plane}: Fneu.npy does not belong to F.npy.`);
  }
  const S = await tracesOf(plane, "spks", stat.length, kept);
  if (F && S && F.shape[1] !== S.shape[1]) {
    throw new InteropError(
      "malformed",
      `${plane}: F.npy has ${F.shape[1]} frames, spks.npy ${S.shape[1]}.`,
    );
  }
  return {
    footprints: FootprintStack.from(footprints, canvas),
    C: F && neuropil ? { ...F, data: F.data.map((f, i) => f - k * neuropil.data[i]!) } : F,
    S,
    shifts: shiftsOf(ops),
  };
}

async function cellsOf(plane: string, count: number): Promise<number[]> {
  const path = join(plane, "iscell.npy");
  const iscell = await optional(readNpy(path));
  if (!iscell) return Array.from({ length: count }, (_, i) => i);
  const columns = iscell.shape.length === 1 ? 1 : iscell.shape[1]!;
  if (iscell.shape[0] !== count || iscell.data.length !== count * columns) {
    throw new InteropError(
      "malformed",
      `${path} does not say of ${count} ROIs whether they are cells.`,
    );
  }
  return Array.from({ length: count }, (_, i) => i).filter(
    (i) => Number(iscell.data[i * columns]) > 0,
  );
}

function footprintOf(
  roi: Dictionary,
  { height, width }: { readonly height: number; readonly width: number },
  withOverlap: boolean,
): Footprint {
  const [ypix, xpix, lam] = [roi.numbers("ypix"), roi.numbers("xpix"), roi.numbers("lam")];
  const shared = withOverlap || !roi.has("overlap") ? null : roi.numbers("overlap");
  if (xpix.length !== ypix.length || lam.length !== ypix.length) {
    throw new InteropError("malformed", `${roi.place}: ypix, xpix and lam differ in length.`);
  }
  const used = [...ypix.keys()].filter((k) => !shared?.[k]);
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (const k of used) {
    const [y, x] = [ypix[k]!, xpix[k]!];
    const inside = Number.isInteger(y) && Number.isInteger(x) && y >= 0 && x >= 0;
    if (!inside || y >= height || x >= width) {
      throw new InteropError(
        "malformed",
        `${roi.place}: pixel (${y}, ${x}) lies outside ${height} × ${width}.`,
      );
    }
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  if (bottom < 0) return { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };
  const shape = { height: bottom - top + 1, width: right - left + 1 };
  const data = new Float32Array(shape.height * shape.width);
  for (const k of used) data[(ypix[k]! - top) * shape.width + xpix[k]! - left] = lam[k]!;
  return { row: top, col: left, ...shape, data };
}

/** The kept rows of a matrix ROI × frame; null where there is no such file. */
async function tracesOf(
  plane: string,
  name: string,
  count: number,
  kept: readonly number[],
): Promise<Rows | null> {
  const path = join(plane, `${name}.npy`);
  const array = await optional(readNpy(path));
  if (!array) return null;
  const [rows, frames] = array.shape;
  if (array.shape.length !== 2 || rows !== count) {
    throw new InteropError(
      "malformed",
      `${path} has the shape (${array.shape.join(", ")}), but there are ${count} ROIs.`,
    );
  }
  const data = new Float64Array(kept.length * frames!);
  for (const [to, from] of kept.entries()) {
    for (let t = 0; t < frames!; t++)
      data[to * frames! + t] = Number(array.data[from * frames! + t]);
  }
  return { shape: [kept.length, frames!], data };
}

function shiftsOf(ops: Dictionary): Rows | null {
  if (!ops.has("yoff") || !ops.has("xoff")) return null;
  const [dy, dx] = [ops.numbers("yoff"), ops.numbers("xoff")];
  if (dy.length !== dx.length) {
    throw new InteropError("malformed", `${ops.place}: yoff and xoff differ in length.`);
  }
  const data = new Float64Array(2 * dy.length);
  for (let t = 0; t < dy.length; t++) data.set([dy[t]!, dx[t]!], 2 * t);
  return { shape: [dy.length, 2], data };
}

async function optional<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof InteropError && error.code === "missing") return null;
    throw error;
  }
}
