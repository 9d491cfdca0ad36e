// What a folder holds, without following any symbolic link.
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

export interface Entry {
  /** Relative to the folder, with forward slashes: "observed/c/0/0/0". */
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
  /** Of a file; 0 for the rest. */
  readonly size: number;
}

/** Everything below a folder, a folder before what it holds. */
export async function treeOf(folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const walk = async (path: string, prefix: string): Promise<void> => {
    for (const found of await readdir(path, { withFileTypes: true })) {
      const name = `${prefix}${found.name}`;
      const inside = join(path, found.name);
      if (found.isDirectory()) {
        entries.push({ name, kind: "folder", size: 0 });
        await walk(inside, `${name}/`);
      } else if (found.isFile()) {
        entries.push({ name, kind: "file", size: (await lstat(inside)).size });
      } else {
        // A link is somebody's, wherever it points.
        entries.push({ name, kind: "other", size: 0 });
      }
    }
  };
  await walk(folder, "");
  return entries;
}
