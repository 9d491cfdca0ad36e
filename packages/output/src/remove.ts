// Removes a folder of ours, and in it only what is ours.
import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { inTheWay } from "./error.ts";
import { isManifest } from "./manifest.ts";
import { type Entry, treeOf } from "./tree.ts";

/** Whether a file of an output, by its name relative to the output's folder, is one that its writer makes. */
export type Owns = (name: string) => boolean;

/**
 * The manifest goes last: a folder whose removal was interrupted is still known as ours.
 * @throws PathError "foreign", before anything is removed, where the folder holds something else.
 */
export async function removeOwn(folder: string, owns: Owns): Promise<void> {
  const entries = await treeOf(folder);
  const ours = ({ name, kind }: Entry) =>
    kind === "folder" || (kind === "file" && (isManifest(name) || owns(name)));
  const foreign = entries.find((entry) => !ours(entry));
  if (foreign) throw inTheWay(folder, `holds what minisim did not write (${foreign.name})`);
  const last = entries.filter(({ name }) => isManifest(name));
  const first = entries.filter(({ name }) => !isManifest(name)).reverse();
  for (const { name, kind } of [...first, ...last]) {
    const path = join(folder, name);
    // A file that came since is not among them, and then its folder stays.
    if (kind === "folder") await rmdir(path);
    else await rm(path);
  }
  await rmdir(folder);
}
