// Making room: entries go, those not used for longest first, never one that is in use.
import { randomUUID } from "node:crypto";
import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { holderOf, tryLock } from "@minisim/output";
import type { CachePaths } from "./cache-location.ts";
import {
  bytesOf,
  type CacheEntry,
  entriesIn,
  isAbsence,
  isLeased,
  isOwnName,
  names,
} from "./entries.ts";

export interface PruneOptions {
  /** Entries go until no more than these bytes are left. */
  readonly maxBytes?: number | undefined;
  /** Every entry goes. */
  readonly all?: boolean;
  /** Entries last used before this go. */
  readonly olderThan?: Date;
}

export interface Pruned {
  readonly removed: readonly CacheEntry[];
  /** Also of what killed processes left unfinished. */
  readonly freed_bytes: number;
  /** What should have gone, but is in use. */
  readonly kept: readonly CacheEntry[];
}

/** What a killed process left of a recording is worth keeping this long: who asks for it again continues it. Nobody continues another entry. */
const UNFINISHED_MS = 24 * 3_600_000;

const LOG = /^[0-9a-f]{16}\.log$/;
/** Why something failed is asked soon, or never. */
const LOG_MS = 30 * 24 * 3_600_000;

// The lock of whoever writes an entry, and drafts of such locks.
const WRITER_LOCK = /^\.[0-9a-f]{16}\.[0-9a-f-]{36}\.zarr\.minisim-lock/;

export async function prune(paths: CachePaths, options: PruneOptions): Promise<Pruned> {
  const { maxBytes = Number.POSITIVE_INFINITY, all = false, olderThan } = options;
  let freed_bytes = await removeUnfinished(paths, all);
  await removeLogs(paths, all);
  const entries = await entriesIn(paths);
  let left = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const removed: CacheEntry[] = [];
  const kept: CacheEntry[] = [];
  for (const entry of entries.reverse()) {
    const old = olderThan !== undefined && entry.last_used < olderThan;
    if (!all && !old && left <= maxBytes) continue;
    if (await removeEntry(paths, entry)) {
      removed.push(entry);
      left -= entry.bytes;
      freed_bytes += entry.bytes;
    } else kept.push(entry);
  }
  return { removed, freed_bytes, kept };
}

/** Logs of what failed or was killed; those of the living are being written. */
async function removeLogs(paths: CachePaths, all: boolean): Promise<void> {
  for (const name of (await names(paths.logs)).filter((name) => LOG.test(name))) {
    const path = join(paths.logs, name);
    const release = await tryLock(paths.lock(name.slice(0, name.indexOf("."))));
    if (!release) continue;
    try {
      if (all || Date.now() - (await stat(path)).mtimeMs > LOG_MS) await rm(path, { force: true });
    } catch (error) {
      if (!isAbsence(error)) throw error;
    } finally {
      await release();
    }
  }
}

/** Removes an entry; false where it is in use or being made. */
async function removeEntry(
  paths: CachePaths,
  { kind, cache_key: key }: CacheEntry,
): Promise<boolean> {
  const release = await tryLock(paths.lock(key));
  if (!release) return false;
  try {
    if (await isLeased(paths, key)) return false;
    await discard(paths, paths.entry(key, kind));
    return true;
  } finally {
    await release();
  }
}

/** Out of the way at once, whatever it takes to remove. */
export async function discard({ trash }: CachePaths, path: string): Promise<void> {
  const away = join(trash, randomUUID());
  try {
    await rename(path, away);
  } catch (error) {
    if (isAbsence(error)) return;
    throw error;
  }
  await rm(away, { recursive: true, force: true });
}

/** What processes left that died while they made or removed entries. */
async function removeUnfinished(paths: CachePaths, all: boolean): Promise<number> {
  let freed = 0;
  for (const name of (await names(paths.trash)).filter(isOwnName)) {
    await rm(join(paths.trash, name), { recursive: true, force: true });
  }
  for (const name of await names(paths.making)) {
    const path = join(paths.making, name);
    if (WRITER_LOCK.test(name) && (await holderOf(path)) === "nobody") {
      // Its owner, or another that prunes, may have removed it since it was listed.
      await rm(path, { force: true });
    }
    if (!isOwnName(name)) continue;
    const release = await tryLock(paths.lock(name.slice(0, name.indexOf("."))));
    if (!release) continue;
    try {
      const { mtimeMs } = await stat(path);
      const isRecording = /\.zarr(\.partial)?$/.test(name);
      if (!all && isRecording && Date.now() - mtimeMs < UNFINISHED_MS) continue;
      freed += await bytesOf(path);
      await discard(paths, path);
    } catch (error) {
      if (!isAbsence(error)) throw error;
    } finally {
      await release();
    }
  }
  return freed;
}
