// Reads a plane of suite2p's results.
import { join } from "node:path";
import { FootprintStack } from "@minisim/footprint";
import type { Estimate, Rows } from "@minisim/scoring";
import { InteropError } from "../error.ts";
import { readNpy, readNpyShape } from "../npy/array-file.ts";
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
  /** How much of Fneu is taken off F, 0 … 1; absent, as suite2p does before it deconvolves. */
  readonly neuropil_coefficient?: number | undefined;
  /** Whether pixels that a cell shares with another count; suite2p leaves them out of F. */
  readonly overlap: boolean;
}

/**
 * Footprints from ypix, xpix and lam; C is F − neuropil_coefficient · Fneu; S is spks; shifts are (yoff, xoff), those of blocks with (yoff1, xoff1).
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
  const shifts = plane.shifts(reading);
  return {
    footprints: FootprintStack.from(footprints, field),
    C:
      F && withoutNeuropil(F, await rows("Fneu"), await coefficientOf(options, plane), at, reading),
    S,
    shifts,
    patch_shifts: plane.blockShifts(field, shifts, reading),
    mean_image: plane.meanImage(field),
  };
}

/** suite2p's default of neucoeff. */
const NEUROPIL_COEFFICIENT = 0.7;

interface Coefficient {
  readonly value: number;
  readonly from: string;
  readonly isAsked: boolean;
}

async function coefficientOf(
  { neuropil_coefficient }: Suite2pOptions,
  plane: Plane,
): Promise<Coefficient> {
  if (neuropil_coefficient !== undefined) {
    return { value: neuropil_coefficient, from: "the setting", isAsked: true };
  }
  const told = await plane.neuropilCoefficient();
  if (told) return { ...told, isAsked: false };
  return { value: NEUROPIL_COEFFICIENT, from: "suite2p's default", isAsked: false };
}

/** F − coefficient · Fneu. @throws InteropError "malformed" where Fneu is of other ROIs or frames, or was asked for and is not there. */
function withoutNeuropil(
  F: Rows,
  neuropil: Rows | null,
  { value, from, isAsked }: Coefficient,
  at: string,
  reading: Reading,
): Rows {
  if (value === 0) {
    reading.note(`C is F, no neuropil taken off (${from}).`);
    return F;
  }
  if (!neuropil && !isAsked) {
    reading.note("C is F, no neuropil taken off: there is no Fneu.npy.");
    return F;
  }
  if (neuropil?.data.length !== F.data.length) {
    throw new InteropError("malformed", `${at}: Fneu.npy does not belong to F.npy.`);
  }
  reading.note(
    `C is F − ${value} · Fneu (${from}; the setting neuropil_coefficient: 0 takes none off).`,
  );
  return { ...F, data: F.data.map((f, i) => f - value * neuropil.data[i]!) };
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
