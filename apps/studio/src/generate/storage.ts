// What the page keeps in the browser's own storage: recordings made there, until somebody empties it.
import { filesOf, ownFolder, removeEntry } from "./folder.ts";

export interface Kept {
  readonly bytes: number;
  /** Recordings, and zips of them. */
  readonly names: readonly string[];
  /** What the browser would still take; null where it does not say. */
  readonly room: number | null;
}

export async function kept(): Promise<Kept> {
  const own = await ownFolder();
  if (!own) return { bytes: 0, names: [], room: null };
  const files = await filesOf(own);
  const sizes = await Promise.all(files.map(async ({ handle }) => (await handle.getFile()).size));
  const { quota, usage } = await navigator.storage.estimate();
  return {
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    names: [...new Set(files.map(({ path }) => path.split("/", 1)[0]!))],
    room: quota === undefined || usage === undefined ? null : Math.max(0, quota - usage),
  };
}

export async function empty(): Promise<void> {
  const own = await ownFolder();
  if (!own) return;
  const names: string[] = [];
  for await (const name of own.keys()) names.push(name);
  for (const name of names) await removeEntry(own, name);
}
