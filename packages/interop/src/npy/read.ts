// Results as .npy files: a folder with A.npy and, where there are such, C.npy, S.npy and shifts.npy; or one file of footprints.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Estimate } from "@minisim/scoring";
import { arraysNamed } from "../array-names.ts";
import { type ArraySettings, type ArrayShapes, planArrays } from "../arrays-estimate.ts";
import { withFsErrors } from "../fs-error.ts";
import { bytesAt } from "../read-file.ts";
import type { Reading } from "../reading.ts";
import { kindAt } from "../regular-file.ts";
import { readNpy, readNpyShape } from "./array-file.ts";
import { isNpy } from "./header.ts";

const MAGIC_BYTES = 6;
const SUFFIX = ".npy";

export async function detectNpy(path: string): Promise<boolean> {
  const file = (await filesOf(path)).A;
  return file !== undefined && isNpy(await bytesAt(file, 0, MAGIC_BYTES));
}

export async function readNpyEstimate(
  path: string,
  settings: ArraySettings,
  reading: Reading,
): Promise<Estimate> {
  const files = await filesOf(path);
  const shapes: Record<string, readonly number[]> = {};
  for (const [name, file] of Object.entries(files)) shapes[name] = await readNpyShape(file);
  const estimateOf = planArrays(shapes as ArrayShapes, path, settings, reading);
  const data: Record<string, unknown> = {};
  for (const [name, file] of Object.entries(files)) data[name] = (await readNpy(file)).data;
  return estimateOf(data);
}

/** The file of each array. */
async function filesOf(path: string): Promise<{ readonly [name: string]: string }> {
  if ((await kindAt(path)) !== "folder") return { A: path };
  const names = (await withFsErrors(path, () => readdir(path))).filter((name) =>
    name.endsWith(SUFFIX),
  );
  const found = arraysNamed(names.map((name) => name.slice(0, -SUFFIX.length)));
  return Object.fromEntries(
    Object.entries(found).map(([name, word]) => [name, join(path, `${word}${SUFFIX}`)]),
  );
}
