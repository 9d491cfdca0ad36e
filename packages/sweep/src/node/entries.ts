// What is in a cache.
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, holderOf } from "@minisim/output";
import { type CacheKind, type CachePaths, kindOfEnding } from "./cache-location.ts";

export interface CacheEntry {
  readonly kind: CacheKind;
  readonly cache_key: string;
  readonly path: string;
  readonly bytes: number;
  readonly last_used: Date;
  /** Some process, perhaps this one, reads it or is about to. */
  readonly in_use: boolean;
}

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const OWN = new RegExp(
  `^(?:${UUID}|[0-9a-f]{16}\\.${UUID}(?:\\.zarr(?:\\.partial)?|\\.environment|\\.run)?)$`,
);

/** Whether a name in a folder of the cache is one that the cache gives: nothing else is ever touched. */
export const isOwnName = (name: string): boolean => OWN.test(name);

const ENTRY = /^([0-9a-f]{16})(\.[a-z]+)$/;

interface EntryName {
  readonly kind: CacheKind;
  readonly key: string;
}

async function namedEntries({ root }: CachePaths): Promise<EntryName[]> {
  return (await names(root)).sort().flatMap((name) => {
    const [, key, ending] = ENTRY.exec(name) ?? [];
    const kind = ending === undefined ? undefined : kindOfEnding(ending);
    return key !== undefined && kind ? [{ kind, key }] : [];
  });
}

/** Keys of the recordings that are there. */
export async function keysIn(paths: CachePaths): Promise<string[]> {
  const recordings = (await namedEntries(paths)).filter(({ kind }) => kind === "recording");
  return recordings.map(({ key }) => key);
}

/** The last used first. */
export async function entriesIn(paths: CachePaths): Promise<CacheEntry[]> {
  const entries: CacheEntry[] = [];
  for (const { kind, key } of await namedEntries(paths)) {
    const path = paths.entry(key, kind);
    try {
      const { mtime } = await stat(path);
      const bytes = await bytesOf(path);
      const in_use = await isLeased(paths, key);
      entries.push({ kind, cache_key: key, path, bytes, last_used: mtime, in_use });
    } catch (error) {
      if (!isAbsence(error)) throw error; // removed meanwhile
    }
  }
  return entries.sort((a, b) => b.last_used.getTime() - a.last_used.getTime());
}

/** Whether a living process has a lease; leases of dead ones are removed. */
export async function isLeased({ leases }: CachePaths, key: string): Promise<boolean> {
  let leased = false;
  for (const name of await names(leases)) {
    if (!isOwnName(name) || !name.startsWith(`${key}.`)) continue;
    const path = join(leases, name);
    if ((await holderOf(path)) !== "nobody") leased = true;
    else await rm(path, { force: true });
  }
  return leased;
}

/** The size of all files below a folder. */
export async function bytesOf(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) sum += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return sum;
}

/** What a folder has; nothing where there is none. */
export async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

export const isAbsence = (error: unknown): boolean => codeOf(error) === "ENOENT";
