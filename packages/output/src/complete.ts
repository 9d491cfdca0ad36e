// The last thing that happens to a folder before it is moved to its path.
import { join } from "node:path";
import { syncAll, syncPath } from "./durable.ts";
import type { Draft } from "./leftover.ts";
import type { Manifest } from "./manifest.ts";
import { treeOf } from "./tree.ts";

/** Everything onto the disk, and the list of it. */
export async function completeFolder(
  folder: string,
  { kind, identity, owns }: Pick<Draft, "kind" | "identity" | "owns">,
  write: (manifest: Manifest) => Promise<void>,
): Promise<void> {
  const entries = await treeOf(folder);
  const ours = entries.filter(({ name, kind }) => kind === "file" && owns(name));
  const folders = entries.filter(({ kind }) => kind === "folder");
  await syncAll(ours.map(({ name }) => join(folder, name)));
  const sorted = ours.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = Object.fromEntries(sorted.map(({ name, size }) => [name, size]));
  await write({ kind, state: "complete", ...(identity && { identity }), files });
  for (const { name } of folders) await syncPath(join(folder, name), true);
  await syncPath(folder, true);
}
