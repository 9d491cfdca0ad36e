// Where minian's arrays lie: in a folder each, or together in one group.
import { join } from "node:path";
import { InteropError } from "../error.ts";
import { kindAt } from "../regular-file.ts";
import type { ZarrArray } from "../zarr2/array.ts";
import { openArray } from "../zarr2/folder.ts";

/** Folder and path inside it. */
export type Place = readonly [root: string, path: string];

/** Where the array `name` of a dataset may be; `coordinate` is kept beside the array that it belongs to. */
const placesOf = (folder: string, name: string, coordinate: string): readonly Place[] => [
  [join(folder, `${name}.zarr`), coordinate],
  [folder, coordinate],
];

/** The array `name`, or a coordinate of it; null where there is none. @throws InteropError when it is damaged. */
export async function openItem(
  folder: string,
  name: string,
  coordinate = name,
): Promise<ZarrArray | null> {
  for (const [root, path] of placesOf(folder, name, coordinate)) {
    const array = await openArray(root, path);
    if (array) return array;
  }
  return null;
}

/** Whether the folder holds footprints as minian keeps them. @throws InteropError "unsupported" for what is not opened. */
export async function detectMinian(folder: string): Promise<boolean> {
  for (const [root, path] of placesOf(folder, "A", "A")) {
    for (const document of [".zarray", "zarr.json"]) {
      try {
        if ((await kindAt(join(root, path, document))) !== "file") continue;
        const array = await openArray(root, path);
        if (array?.dims?.includes("unit_id")) return true;
      } catch (error) {
        if (error instanceof InteropError && error.code === "unsupported") throw error;
        // Damaged, so not known to be minian's.
      }
    }
  }
  return false;
}

/** As `detectMinian`, and never throws. */
export async function isMinian(folder: string): Promise<boolean> {
  try {
    return await detectMinian(folder);
  } catch {
    return false;
  }
}
