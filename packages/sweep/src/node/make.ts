// Makes an entry of the cache: under a name of its own first, so that whatever happens, a half one is never taken for a whole.
import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Simulator } from "@minisim/simulator";
import { isMinisimError, type Spec } from "@minisim/spec";
import { type StoredRecording, StoreError } from "@minisim/store";
import { openRecording, type StoreOptions, simulateToStore } from "minisim/node";
import type { CachePaths } from "./cache-location.ts";
import { isOwnName, names } from "./entries.ts";
import { discard } from "./prune.ts";

export type MakeOptions = Pick<StoreOptions, "workers" | "onProgress" | "signal">;

/** The entry of `key`, or undefined where there is none; one that is damaged is removed. The caller holds the key's lock. */
export async function openEntry(
  paths: CachePaths,
  key: string,
  simulator: Simulator,
): Promise<StoredRecording | undefined> {
  const path = paths.entry(key);
  try {
    const stored = await openRecording(path, { simulator });
    if (stored.attributes.cache_key === key) return stored;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  await discard(paths, path);
  return undefined;
}

/** Whether a recording itself is at fault, and not the way to it. */
export const isDamage = (error: unknown): boolean => isMinisimError(error, "store");

/**
 * Simulates the entry of `key`, or goes on where a killed process stopped. The caller holds the key's lock.
 * @throws StoreError "missing" when another process took this one for killed, and went on with it.
 */
export async function makeEntry(
  paths: CachePaths,
  key: string,
  spec: Spec,
  simulator: Simulator,
  options: MakeOptions,
): Promise<void> {
  const own = join(paths.making, `${key}.${randomUUID()}.zarr`);
  await adopt(paths, key, own);
  if ((await openedKey(own, simulator)) !== key) {
    await rm(own, { recursive: true, force: true });
    await simulateToStore(spec, own, { ...options, simulator, resume: true });
    if ((await openedKey(own, simulator)) !== key) {
      await discard(paths, own);
      throw new StoreError("missing", `The recording ${key} was taken away while it was made.`);
    }
  }
  try {
    await rename(own, paths.entry(key));
  } catch (error) {
    // Somebody who could not see the lock was faster: the recordings are the same, byte by byte.
    await discard(paths, own);
    if ((await openedKey(paths.entry(key), simulator)) !== key) throw error;
  }
}

/** Whoever holds the lock is the only maker: what else there is of the key belongs to the dead. */
async function adopt({ making }: CachePaths, key: string, own: string): Promise<void> {
  for (const name of await names(making)) {
    if (!isOwnName(name) || !name.startsWith(`${key}.`)) continue;
    const ending = name.endsWith(".partial") ? ".partial" : "";
    // The first to be there; a second cannot take its place, and stays for prune.
    await rename(join(making, name), `${own}${ending}`).catch(() => {});
  }
}

async function openedKey(path: string, simulator: Simulator): Promise<string | undefined> {
  try {
    return (await openRecording(path, { simulator })).attributes.cache_key;
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}
