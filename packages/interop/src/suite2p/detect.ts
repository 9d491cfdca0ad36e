// Where suite2p's results lie: in a plane's folder, or in one that holds planes.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InteropError } from "../error.ts";
import { codeOf, withFsErrors } from "../fs-error.ts";
import { isNpy } from "../npy/header.ts";
import { readBeginning } from "../read-file.ts";

export const PLANE = "plane0";
const MAGIC_BYTES = 6;

/** Whether the folder, or a plane in it, holds `stat.npy` and `ops.npy`. Never throws. */
export async function isSuite2p(folder: string): Promise<boolean> {
  try {
    return (await planesOf(folder)).length > 0;
  } catch {
    return false;
  }
}

/** The folder of the one plane. @throws InteropError "missing" without any, "unsupported" with several. */
export async function planeOf(folder: string): Promise<string> {
  const planes = await withFsErrors(folder, () => planesOf(folder));
  if (planes.length === 1) return planes[0]!;
  throw planes.length === 0
    ? new InteropError("missing", `${folder} has no stat.npy and ops.npy of suite2p's.`)
    : new InteropError(
        "unsupported",
        `${folder} holds ${planes.length} planes; name one: ${planes.join(", ")}.`,
      );
}

async function planesOf(folder: string): Promise<string[]> {
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

async function isPlane(folder: string): Promise<boolean> {
  for (const name of ["stat.npy", "ops.npy"]) {
    if (!isNpy(await readBeginning(join(folder, name), MAGIC_BYTES))) return false;
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
