// Results as .npy files: a folder with A.npy and, where there are such, C.npy, S.npy and shifts.npy; or one file of footprints.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Estimate } from "@minisim/metrics";
import { ARRAY_NAMES, type ArraySettings, estimateOfArrays } from "../arrays-estimate.ts";
import { InteropError } from "../error.ts";
import { codeOf, withFsErrors } from "../fs-error.ts";
import { readBeginning } from "../read-file.ts";
import { type NpyArray, readNpy } from "./array.ts";
import { isNpy } from "./header.ts";

const MAGIC_BYTES = 6;

export async function detectNpy(path: string): Promise<boolean> {
  const file = (await isFolder(path)) ? join(path, "A.npy") : path;
  return isNpy(await readBeginning(file, MAGIC_BYTES));
}

export async function readNpyEstimate(path: string, settings: ArraySettings): Promise<Estimate> {
  if (!(await isFolder(path))) return estimateOfArrays({ A: await readNpy(path) }, path, settings);
  const arrays: Record<string, NpyArray> = {};
  for (const name of ARRAY_NAMES) {
    try {
      arrays[name] = await readNpy(join(path, `${name}.npy`));
    } catch (error) {
      if (!(error instanceof InteropError && error.code === "missing")) throw error;
    }
  }
  return estimateOfArrays(arrays, path, settings);
}

const isFolder = (path: string): Promise<boolean> =>
  withFsErrors(path, async () => {
    try {
      return (await stat(path)).isDirectory();
    } catch (error) {
      if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return false;
      throw error;
    }
  });
