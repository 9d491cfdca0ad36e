// Where suite2p's results lie: in a plane's folder, or in one that holds planes.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InteropError } from "../error.ts";
import { codeOf, withFsErrors } from "../fs-error.ts";
import { isNpy } from "../npy/header.ts";
import { bytesAt } from "../read-file.ts";
import { isPlaneSettings } from "./plane.ts";

export const PLANE = "plane0";
const MAGIC_BYTES = 6;

/** Whether the folder, or a plane in it, holds results. @throws InteropError "unsupported" for what is not opened. */
export async function detectSuite2p(folder: string): Promise<boolean> {
  try {
    return (await planesOf(folder, holdsResults)).length > 0;
  } catch (error) {
    if (error instanceof InteropError && error.code === "unsupported") throw error;
    return false;
  }
}

/** Whether the folder, or a plane in it, holds `stat.npy` and `ops.npy`, as we write them. Never throws. */
export async function isSuite2p(folder: string): Promise<boolean> {
  try {
    return (await planesOf(folder, (plane) => holdsAll(plane, ["stat", "ops"]))).length > 0;
  } catch {
    return false;
  }
}

/** The folder of the one plane. @throws InteropError "missing" without any, "unsupported" with several. */
export async function planeOf(folder: string): Promise<string> {
  const planes = await withFsErrors(folder, () => planesOf(folder, holdsResults));
  if (planes.length === 1) return planes[0]!;
  throw planes.length === 0
    ? new InteropError("missing", `${folder} has no stat.npy and ops.npy of suite2p's.`)
    : new InteropError(
        "unsupported",
        `${folder} holds ${planes.length} planes; name one: ${planes.join(", ")}.`,
      );
}

type IsPlane = (folder: string) => Promise<boolean>;

async function planesOf(folder: string, isPlane: IsPlane): Promise<string[]> {
  if (await isPlane(folder)) return [folder];
  const names = await namesIn(folder);
  const within = names.includes("suite2p") ? join(folder, "suite2p") : folder;
  const planes: string[] = [];
  for (const name of (await namesIn(within)).sort()) {
    const plane = join(within, name);
    if (/^plane\d+$/.test(name) && (await isPlane(plane))) planes.push(plane);
  }
  return planes;
}

/** ROIs beside what suite2p was told, in one file or, from version 1 on, in several; or, where it found none, the latter alone. */
async function holdsResults(folder: string): Promise<boolean> {
  for (const settings of ["ops", "db", "reg_outputs"]) {
    if (!(await holdsAll(folder, [settings]))) continue;
    if (await holdsAll(folder, ["stat"])) return true;
    if (await isPlaneSettings(join(folder, `${settings}.npy`))) return true;
  }
  return holdsAll(folder, ["stat", "iscell"]);
}

async function holdsAll(folder: string, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    if (!isNpy(await bytesAt(join(folder, `${name}.npy`), 0, MAGIC_BYTES))) return false;
  }
  return true;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") return [];
    throw error;
  }
}
