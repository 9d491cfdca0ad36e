// What the page keeps in the browser's own storage: recordings made there, until somebody empties it.
import { filesOf, ownFolder, removeEntry } from "./folder.ts";

export interface Kept {
  /** Recordings, and zips of them. */
  readonly entries: readonly { readonly name: string; readonly bytes: number }[];
  /** What the browser would still take; null where it does not say. */
  readonly room: number | null;
}

export async function kept(): Promise<Kept> {
  const own = await ownFolder();
  if (!own) return { entries: [], room: null };
  const files = await filesOf(own);
  const sizes = new Map<string, number>();
  for (const { path, handle } of files) {
    const name = path.split("/", 1)[0]!;
    sizes.set(name, (sizes.get(name) ?? 0) + (await handle.getFile()).size);
  }
  const { quota, usage } = await navigator.storage.estimate();
  return {
    entries: [...sizes].map(([name, bytes]) => ({ name, bytes })),
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
