// What stands at a path, and the names beside it that a writer uses.
import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { FORMAT } from "../attributes.ts";
import { codeOf, withFsErrors } from "./fs-error.ts";

const PARTIAL = ".partial";

/** Where a recording grows until it is complete. */
export const partialOf = (path: string): string => `${resolve(path)}${PARTIAL}`;
/** Where a recording waits that another is about to replace. */
export const replacedOf = (path: string): string => `${resolve(path)}.replaced${PARTIAL}`;
export const isPartial = (path: string): boolean => resolve(path).endsWith(PARTIAL);

export function kindOf(path: string): Promise<"nothing" | "file" | "folder"> {
  return withFsErrors(path, async () => {
    try {
      return (await stat(path)).isDirectory() ? "folder" : "file";
    } catch (error) {
      if (codeOf(error) === "ENOENT") return "nothing";
      throw error;
    }
  });
}

/** Whether a folder claims to be a recording: only such a folder may be replaced. */
export async function claimsToBeRecording(folder: string): Promise<boolean> {
  try {
    const root = JSON.parse(await readFile(join(folder, "zarr.json"), "utf8"));
    return root?.attributes?.format === FORMAT;
  } catch {
    return false;
  }
}
