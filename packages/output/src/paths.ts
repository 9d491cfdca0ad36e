// Where an output really goes, and the names beside it that are used on the way.
import { lstat, mkdir, readlink, realpath, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { PathError } from "./error.ts";
import { codeOf, withFsErrors } from "./fs-error.ts";
import { readManifest } from "./manifest.ts";
import { kindAt } from "./ownership.ts";

const PARTIAL = ".partial";

/** Where an output grows until it is complete. */
export const partialOf = (path: string): string => `${resolve(path)}${PARTIAL}`;
export const isPartial = (path: string): boolean => resolve(path).endsWith(PARTIAL);

const hidden = (path: string, ending: string) =>
  join(dirname(path), `.${basename(path)}.minisim-${ending}`);

/** Says which process writes the path. */
export const lockOf = (path: string): string => hidden(path, "lock");
/** Where an output waits that another is about to replace. */
export const replacedOf = (path: string): string => hidden(path, "replaced");

// As many as Linux follows.
const MOST_LINKS = 40;

/**
 * The path with all symbolic links followed, those of its folders and one at its end, whether or not anything stands there: an output
 * given as a link goes where the link points.
 */
export async function targetOf(path: string): Promise<string> {
  let at = resolve(path);
  for (let followed = 0; followed <= MOST_LINKS; followed++) {
    at = join(await realFolder(dirname(at)), basename(at));
    if ((await withFsErrors(at, () => kindAt(at))) !== "link") return at;
    at = resolve(dirname(at), await withFsErrors(at, () => readlink(at)));
  }
  throw new PathError("io", `${path} is a symbolic link that leads in a circle.`);
}

/** As `realpath`, for a folder of which the last parts may not exist yet. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" || dirname(folder) === folder) return folder;
    return join(await realFolder(dirname(folder)), basename(folder));
  }
}

/** @throws PathError "not_a_folder" for what would become folders of the name of an address: "s3:/bucket/r.zarr". */
export function refuseAddress(path: string): void {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return;
  const message = `${path} is an address, and this is written to a path of this machine alone.`;
  throw new PathError("not_a_folder", message);
}

/** @throws PathError "inside" where the path lies in an output or a Zarr store, or is, holds or lies in something that is read. */
export async function refuseInside(target: string, inputs: readonly string[]): Promise<void> {
  for (const input of inputs) {
    const read = await targetOf(input);
    if (read !== target && !within(target, read) && !within(read, target)) continue;
    const how = read === target ? "is" : within(target, read) ? "lies in" : "holds";
    const message = `${target} ${how} ${read}, which is read for it. Choose another path.`;
    throw new PathError("inside", message);
  }
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    const what = await outputAt(folder);
    if (what !== undefined) {
      const message = `${target} lies inside ${what} ${folder}; outputs are not nested. Choose another path.`;
      throw new PathError("inside", message);
    }
    if (dirname(folder) === folder) return;
  }
}

const within = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);

/** What a folder is that nothing else may be put into. */
async function outputAt(folder: string): Promise<string | undefined> {
  const manifest = await withFsErrors(folder, () => readManifest(folder));
  if (manifest === "damaged") return "an output of minisim,";
  // A folder that stays open is never replaced as a whole, so it may hold other things.
  if (manifest !== undefined && manifest.state !== "working") return `the ${manifest.kind}`;
  for (const name of ["zarr.json", ".zgroup", ".zarray"]) {
    const found = await lstat(join(folder, name)).catch(() => undefined);
    if (found?.isFile()) return "the Zarr store";
  }
  return undefined;
}

/** Makes a folder and those around it. Returns the first that it made, for `removeEmpty`. @throws PathError about the one that failed. */
export async function makeFolders(folder: string): Promise<string | undefined> {
  const missing: string[] = [];
  let at = folder;
  while ((await withFsErrors(at, () => kindAt(at))) === "nothing" && dirname(at) !== at) {
    missing.unshift(at);
    at = dirname(at);
  }
  // One by one: a recursive mkdir does not tell which folder failed, nor why.
  for (const path of missing) {
    await withFsErrors(path, async () => {
      try {
        await mkdir(path);
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
      }
    });
  }
  return missing[0];
}

/** Removes the folders from `folder` up to `top`, which `makeFolders` made, as far as they are empty. */
export async function removeEmpty(folder: string, top: string | undefined): Promise<void> {
  if (top === undefined || (folder !== top && !within(folder, top))) return;
  try {
    await rmdir(folder);
  } catch {
    return; // Somebody else has put something there meanwhile.
  }
  await removeEmpty(dirname(folder), top);
}
