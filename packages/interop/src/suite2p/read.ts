// Reads a plane of suite2p's results.
import { join } from "node:path";
import { FootprintStack } from "@minisim/footprint";
import type { Estimate, Rows } from "@minisim/scoring";
import { InteropError } from "../error.ts";
import { readNpy, readNpyShape } from "../npy/array.ts";
import type { Reading } from "../reading.ts";
import { kindAt } from "../regular-file.ts";
import { keptOf } from "./cells.ts";
import { planeOf } from "./detect.ts";
import { footprintsOf } from "./footprints.ts";
import { readDictionaries } from "./objects.ts";
import { Plane } from "./plane.ts";

export interface Suite2pOptions {
  /** Only what suite2p calls a cell (first column of iscell.npy), where there is such a file, and what was not merged into another. */
  readonly only_cells: boolean;
  /** How much of Fneu is taken off F, 0 … 1. */
  readonly neuropil_coefficient: number;
  /** Whether pixels that a cell shares with another count; suite2p leaves them out of F. */
  readonly overlap: boolean;
}

/**
 * Footprints from ypix, xpix and lam; C is F − neuropil_coefficient · Fneu; S is spks; shifts are (yoff, xoff).
 * @throws InteropError "missing", "malformed", "unsupported" for a folder of several planes.
 */
export async function readSuite2p(
  folder: string,
  options: Suite2pOptions,
  reading: Reading,
): Promise<Estimate> {
  const at = await planeOf(folder);
  const plane = await Plane.open(at);
  const field = plane.field(reading);
  reading.noteRate("The frame rate that suite2p was given (fs)", plane.rate());
  const statFile = join(at, "stat.npy");
  const isFound = (await kindAt(statFile)) === "file";
  const stat = isFound ? await readDictionaries(statFile) : [];
  const problem = reading.unitProblem(stat.length);
  if (problem) throw new InteropError("malformed", `${statFile} ${problem}.`);
  if (stat.length === 0) reading.note("suite2p found no ROIs.");
  const kept = options.only_cells ? await keptOf(at, stat, reading) : [...stat.keys()];
  const footprints = footprintsOf(
    kept.map((i) => stat[i]!),
    field,
    options.overlap,
    reading,
  );
  const rows = (name: string) => tracesOf(at, name, stat.length, kept, reading);
  const [F, S] = [await rows("F"), await rows("spks")];
  if (F && S && F.shape[1] !== S.shape[1]) {
    throw new InteropError(
      "malformed",
      `${at}: F.npy has ${F.shape[1]} frames, spks.npy ${S.shape[1]}.`,
    );
  }
  const k = options.neuropil_coefficient;
  const neuropil = F && k !== 0 ? await rows("Fneu") : null;
  if (F && k !== 0 && neuropil?.data.length !== F.data.length) {
    throw new InteropError("malformed", `${at}: Fneu.npy does not belong to F.npy.`);
  }
  return {
    footprints: FootprintStack.from(footprints, field),
    C: F && neuropil ? { ...F, data: F.data.map((f, i) => f - k * neuropil.data[i]!) } : F,
    S,
    shifts: plane.shifts(reading),
  };
}

/** The kept rows of a matrix ROI × frame; null where there is no such file, or no ROI. */
async function tracesOf(
  plane: string,
  name: string,
  count: number,
  kept: readonly number[],
  reading: Reading,
): Promise<Rows | null> {
  const path = join(plane, `${name}.npy`);
  if (count === 0 || (await kindAt(path)) !== "file") return null;
  const shape = await readNpyShape(path);
  const [rows, frames] = shape as [number, number];
  if (shape.length !== 2 || rows !== count) {
    throw new InteropError(
      "malformed",
      `${path} has the shape (${shape.join(", ")}), but there are ${count} ROIs.`,
    );
  }
  const problem = reading.frameProblem(frames);
  if (problem) throw new InteropError("malformed", `${path} ${problem}.`);
  const array = await readNpy(path);
  const data = new Float64Array(kept.length * frames);
  for (const [to, from] of kept.entries()) {
    for (let t = 0; t < frames; t++) data[to * frames + t] = Number(array.data[from * frames + t]);
  }
  return { shape: [kept.length, frames], data };
}
