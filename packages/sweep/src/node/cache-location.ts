// Where the cache is: where each platform keeps what can be made again, and what lies where inside.
import { homedir } from "node:os";
import { join } from "node:path";

/** `MINISIM_CACHE_DIR`, or the platform's folder for caches: `~/Library/Caches`, `%LOCALAPPDATA%`, `$XDG_CACHE_HOME` or `~/.cache`. */
export function defaultCacheFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.MINISIM_CACHE_DIR) return env.MINISIM_CACHE_DIR;
  const home = homedir();
  if (platform === "darwin") return join(home, "Library", "Caches", "minisim");
  if (platform === "win32") {
    return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "minisim", "cache");
  }
  // Relative paths there are to be ignored (XDG Base Directory Specification).
  const xdg = env.XDG_CACHE_HOME?.startsWith("/") ? env.XDG_CACHE_HOME : join(home, ".cache");
  return join(xdg, "minisim");
}

/** What the cache keeps: recordings, environments that pipelines run in, what pipelines made of recordings, and what shards of a recording work out together. */
export type CacheKind = keyof typeof ENDINGS;

const ENDINGS = {
  recording: ".zarr",
  environment: ".environment",
  run: ".run",
  scene: ".scene",
} as const;

const KINDS = Object.entries(ENDINGS) as [CacheKind, string][];

export const endingOf = (kind: CacheKind): string => ENDINGS[kind];

/** The kind of entry that a name in a cache ends like. */
export const kindOfEnding = (ending: string): CacheKind | undefined =>
  KINDS.find(([, own]) => own === ending)?.[0];

export interface CachePaths {
  readonly root: string;
  /** One per key whose entry somebody makes, takes or removes. */
  readonly locks: string;
  /** KEY.ID: somebody uses the entry. */
  readonly leases: string;
  /** KEY.ID.zarr, KEY.ID.zarr.partial, KEY.ID.run, …: entries in the making. */
  readonly making: string;
  /** Entries on their way out. */
  readonly trash: string;
  /** KEY.log: what the programs said that make or made the entry. */
  readonly logs: string;
  entry(key: string, kind?: CacheKind): string;
  lock(key: string): string;
}

export function cachePaths(root: string): CachePaths {
  const locks = join(root, "locks");
  return {
    root,
    locks,
    leases: join(root, "leases"),
    making: join(root, "making"),
    trash: join(root, "trash"),
    logs: join(root, "logs"),
    entry: (key, kind = "recording") => join(root, `${key}${endingOf(kind)}`),
    lock: (key) => join(locks, key),
  };
}
