// A folder of recordings by cache key, and of what pipelines need and made: asked for one, it has it or makes it. Safe for any number of
// processes at once.
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  codeOf,
  leaveLock,
  lock,
  makeFolders,
  PathError,
  type Release,
  type Shard,
  withFsErrors,
  writeWhole,
} from "@minisim/output";
import { isMinisimError, type Spec, SpecError } from "@minisim/spec";
import type { StoredRecording } from "@minisim/store";
import { builtin, type Simulator } from "minisim";
import { type CacheKind, cachePaths, defaultCacheFolder } from "./cache-location.ts";
import { type CacheEntry, entriesIn, keysIn, names } from "./entries.ts";
import { type MakeOptions, makeEntry, openEntry } from "./make.ts";
import { type MakeFolder, makeFolderEntry } from "./make-folder.ts";
import { discard, type Pruned, type PruneOptions, prune } from "./prune.ts";
import { type SharedWorks, sharedWorks } from "./shared-works.ts";

export interface CacheOptions {
  /** Beyond this, entries that were not used for longest go. Default 20 GiB. */
  readonly maxBytes?: number | undefined;
  /** Whose steps the specs use; the built-in ones where absent. */
  readonly simulator?: Simulator | undefined;
}

export type GetOptions = MakeOptions;

/** A recording of the cache, which stays there until it is released, or the process ends. */
export interface CachedRecording {
  readonly recording: StoredRecording;
  readonly path: string;
  readonly cache_key: string;
  /** Whether it was there already. */
  readonly hit: boolean;
  /** It may be evicted from now on. */
  release(): Promise<void>;
}

/** An entry that is no recording. It stays until it is released, or the process ends. */
export interface CachedFolder {
  readonly path: string;
  /** Whether it was there already. */
  readonly hit: boolean;
  release(): Promise<void>;
}

export type FolderKind = Exclude<CacheKind, "recording" | "scene">;

/** Work on a scene that shards of its recording do together. */
export interface SharedScene {
  readonly works: SharedWorks;
  /** It may be evicted from now on. */
  release(): Promise<void>;
}

export interface RecordingCache {
  readonly folder: string;
  /**
   * The recording of a spec, simulated where the cache has none or a damaged one. While another process makes it, this one waits.
   * @throws SpecError; PathError "foreign" for a folder that is no cache, "no_space", …; the signal's reason when aborted.
   */
  get(spec: unknown, options?: GetOptions): Promise<CachedRecording>;
  /**
   * The folder of a key of 16 hexadecimal digits, filled by `make` where the cache has none: it is there whole or not at all. While
   * another process makes it, this one waits.
   * @throws what `make` throws; PathError; the signal's reason when aborted.
   */
  getFolder(
    kind: FolderKind,
    key: string,
    make: MakeFolder,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<CachedFolder>;
  /**
   * For a shard of the recording of this key, which other shards compile at the same time wherever they see this folder: what `works.share` is for
   * is done once, or little more often, and not by each of them. Nobody waits for another.
   * @throws PathError "foreign" for a folder that is no cache, "no_permission", …
   */
  shareScene(cacheKey: string, shard: Shard): Promise<SharedScene>;
  /** The last used first. */
  list(): Promise<CacheEntry[]>;
  /** The cache keys of the recordings: cheaper than `list`. */
  keys(): Promise<string[]>;
  /** Bytes of all entries. */
  size(): Promise<number>;
  prune(options: PruneOptions): Promise<Pruned>;
  /** Removes an entry, even one in use: for one that turned out to be damaged. */
  drop(cacheKey: string, kind?: CacheKind): Promise<void>;
}

const DEFAULT_BYTES = 20 * 1024 ** 3;
/** Tells backup programs to leave the folder out: https://bford.info/cachedir/ */
const TAG_NAME = "CACHEDIR.TAG";
const TAG =
  "Signature: 8a477f597d28d172789f06886806bc55\n# Recordings that Minisim can make again.\n";

/** The cache in `folder`, which need not exist yet. */
export function openCache(
  folder: string = defaultCacheFolder(),
  { maxBytes = DEFAULT_BYTES, simulator = builtin }: CacheOptions = {},
): RecordingCache {
  const paths = cachePaths(resolve(folder));

  async function prepare(): Promise<void> {
    const { root, locks, leases, making, trash, logs } = paths;
    await makeFolders(root);
    await tag(root);
    for (const path of [locks, leases, making, trash, logs]) await makeFolders(path);
  }

  async function get(input: unknown, options: GetOptions = {}): Promise<CachedRecording> {
    const parsed = simulator.Spec.safeParse(input);
    if (!parsed.ok) throw new SpecError(parsed.issues);
    const { spec } = parsed;
    const key = simulator.Spec.cacheKey(spec);
    await prepare();
    try {
      return await take(key, spec, options);
    } catch (error) {
      // Somebody took this process for dead and went on with the recording that it was making: theirs is as good.
      if (!(isMinisimError(error) && error.code === "missing")) throw error;
      return take(key, spec, options);
    }
  }

  async function take(key: string, spec: Spec, options: GetOptions): Promise<CachedRecording> {
    const path = paths.entry(key);
    const taken = await leased(key, path, options.signal, async () => {
      const found = await openEntry(paths, key, simulator);
      if (!found) await makeEntry(paths, key, spec, simulator, options);
      const recording = found ?? (await openEntry(paths, key, simulator));
      if (!recording) throw new Error(`The recording ${key} was damaged as soon as it was made.`);
      return { value: recording, hit: found !== undefined };
    });
    const { value: recording, hit, release } = taken;
    return { recording, path, cache_key: key, hit, release };
  }

  /** Until it is released, nobody evicts an entry of the key. */
  const lease = (key: string) => leaveLock(join(paths.leases, `${key}.${randomUUID()}`));
  const makeRoom = () => prune(paths, { maxBytes });

  /** What `open` finds or makes, under the key's lock; then leased, until it is released. */
  async function leased<T>(
    key: string,
    path: string,
    signal: AbortSignal | undefined,
    open: () => Promise<{ readonly value: T; readonly hit: boolean }>,
  ) {
    // Nobody evicts an entry whose lock is held. Whoever takes the lock next sees the lease.
    const unlock = await lock(paths.lock(key), signal);
    let release: Release | undefined;
    try {
      const endLease = await lease(key);
      release = endLease;
      const { value, hit } = await open();
      await touch(path);
      await unlock();
      // An entry that exceeds the limit is kept while it is in use, and removed when it is released.
      if (!hit) await makeRoom();
      return {
        value,
        hit,
        release: async () => {
          await endLease();
          if (!hit) await makeRoom();
        },
      };
    } catch (error) {
      await release?.();
      throw error;
    } finally {
      await unlock();
    }
  }

  return {
    folder: paths.root,
    get,
    getFolder: async (kind, key, make, { signal } = {}) => {
      await prepare();
      const path = paths.entry(key, kind);
      const { hit, release } = await leased(key, path, signal, async () => {
        const isThere = existsSync(path);
        if (!isThere) await makeFolderEntry(paths, key, kind, make);
        return { value: undefined, hit: isThere };
      });
      return { path, hit, release };
    },
    shareScene: async (key, shard) => {
      await prepare();
      const endLease = await lease(key);
      const folder = paths.entry(key, "scene");
      try {
        await makeFolders(folder);
        await withFsErrors(folder, () => touch(folder));
      } catch (error) {
        await endLease();
        throw error;
      }
      return {
        works: sharedWorks(folder, shard),
        release: async () => {
          await endLease();
          await makeRoom();
        },
      };
    },
    list: () => entriesIn(paths),
    keys: () => keysIn(paths),
    size: async () => (await entriesIn(paths)).reduce((sum, { bytes }) => sum + bytes, 0),
    prune: async (options) => {
      await prepare();
      return prune(paths, options);
    },
    drop: async (key, kind) => {
      await prepare();
      const unlock = await lock(paths.lock(key));
      try {
        await discard(paths, paths.entry(key, kind));
      } finally {
        await unlock();
      }
    },
  };
}

/** Used just now. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}

/** Makes an empty folder a cache. @throws PathError "foreign" for a folder that holds anything and is none. */
async function tag(root: string): Promise<void> {
  const path = join(root, TAG_NAME);
  await withFsErrors(path, async () => {
    // Another process may be writing the tag under a name of its own.
    const others = (await names(root)).filter((name) => !name.startsWith(`.${TAG_NAME}.`));
    if (others.length === 0) {
      await writeWhole(path, TAG, false).catch((error: unknown) => {
        if (codeOf(error) !== "EEXIST") throw error;
      });
    }
    const isTagged = others.length === 0 || others.includes(TAG_NAME);
    if (isTagged && (await readFile(path, "utf8")) === TAG) return;
    const message = `${root} is not empty and no cache of minisim's, so no recordings are kept there. Choose an empty folder.`;
    throw new PathError("foreign", message);
  });
}

/** The recording of a spec, from the cache of `folder` or simulated into it. Release it when done, or leave that to the end of the process. */
export function simulateCached(
  spec: unknown,
  { folder, maxBytes, simulator, ...options }: CacheOptions & GetOptions & { folder?: string } = {},
): Promise<CachedRecording> {
  const cache = openCache(folder, { maxBytes, simulator });
  return cache.get(spec, options);
}
