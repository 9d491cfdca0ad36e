// Makes an entry of the cache that is no recording: under a name of its own first, like recordings, but nobody goes on with a half one.
import { randomUUID } from "node:crypto";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { type CacheKind, type CachePaths, endingOf } from "./cache-location.ts";
import { isOwnName, names } from "./entries.ts";
import { discard } from "./prune.ts";

/** Fills an empty folder, which may be moved afterwards. What programs say meanwhile goes to the file `log`, which stays when the making fails. */
export type MakeFolder = (folder: string, log: string) => Promise<void>;

/** The caller holds the key's lock. */
export async function makeFolderEntry(
  paths: CachePaths,
  key: string,
  kind: CacheKind,
  make: MakeFolder,
): Promise<void> {
  await discardUnfinished(paths, key);
  const own = join(paths.making, `${key}.${randomUUID()}${endingOf(kind)}`);
  await mkdir(own);
  try {
    await make(own, join(paths.logs, `${key}.log`));
    await rename(own, paths.entry(key, kind));
  } catch (error) {
    await discard(paths, own);
    throw error;
  }
}

/** Whoever holds the lock is the only maker: what else there is of the key belongs to the dead. */
async function discardUnfinished(paths: CachePaths, key: string): Promise<void> {
  for (const name of await names(paths.making)) {
    if (isOwnName(name) && name.startsWith(`${key}.`))
      await discard(paths, join(paths.making, name));
  }
}
