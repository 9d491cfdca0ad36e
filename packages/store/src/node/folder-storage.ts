// A folder as a storage: every key is a file.

import { renameSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { codeOf, withFsErrors } from "@minisim/output";
import type { Storage } from "../storage.ts";

/** Ends the names of files that are being written. */
const GROWING = ".growing";

/** @throws (from its methods) PathError "no_space", "no_permission", "not_a_folder", "io". */
export function createFolderStorage(folder: string): Storage {
  const made = new Set<string>();

  async function makeFolder(path: string): Promise<void> {
    if (made.has(path)) return;
    await mkdir(path, { recursive: true });
    made.add(path);
  }

  return {
    read: async (key) => {
      const path = join(folder, key);
      return withFsErrors(path, async () => {
        try {
          return await readFile(path);
        } catch (error) {
          if (isAbsence(error)) return undefined;
          throw error;
        }
      });
    },
    write: async (key, bytes) => {
      const path = join(folder, key);
      await withFsErrors(path, () => makeFolder(dirname(path)));
      await growFile(path, (growing) => writeFile(growing, bytes));
    },
    list: async (prefix) => {
      const entries = await withFsErrors(folder, async () => {
        try {
          return await readdir(folder, { recursive: true, withFileTypes: true });
        } catch (error) {
          if (isAbsence(error)) return [];
          throw error;
        }
      });
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .map((path) => path.split(sep).join("/"))
        .filter((key) => key.startsWith(prefix));
    },
  };
}

/** A writer that dies leaves a file of another name, never a cut one of this name. */
export function growFile(path: string, write: (growing: string) => Promise<void>): Promise<void> {
  const growing = `${path}${GROWING}`;
  return withFsErrors(path, async () => {
    await write(growing);
    renameSync(growing, path);
  });
}

/** The name that a file has once it is written, from the one that it has until then. */
export const growingOf = (name: string): string =>
  name.endsWith(GROWING) ? name.slice(0, -GROWING.length) : name;

/** Removes what a writer that died left of the files it was writing. */
export async function removeGrowing(folder: string): Promise<void> {
  await withFsErrors(folder, async () => {
    for (const name of await readdir(folder, { recursive: true })) {
      if (name.endsWith(GROWING)) await rm(join(folder, name), { force: true });
    }
  });
}

/** No such file; also a file where the key has a folder, and a folder where the key is a file. */
function isAbsence(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR", "EISDIR"].includes(codeOf(error) ?? "");
}
