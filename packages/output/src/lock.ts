// Lock files: this process is at it. A lock says whose it is, and outlives its owner only until somebody looks.
import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "./fs-error.ts";
import { type Owner, ownerIn, ownerLives, thisProcess } from "./process-identity.ts";

/** How often a lock is touched while it is held. */
const BEAT_MS = 20_000;
const POLL_MS = 50;
/** An empty lock is one that its owner is about to write, or that a power cut has emptied. */
const BIRTH_MS = 10_000;

const held = new Set<string>();
let heart: NodeJS.Timeout | undefined;

/** Gives the lock back. */
export type Release = () => Promise<void>;

/**
 * Leaves a lock file at a path, whole from its first moment on. @throws the file system's error, EEXIST where the path is taken.
 */
export async function leaveLock(path: string): Promise<Release> {
  const text = JSON.stringify({ ...thisProcess(), id: randomUUID() });
  await createWhole(path, text);
  await clearDrafts(path);
  held.add(path);
  // The timer never keeps the process alive.
  heart ??= setInterval(beat, BEAT_MS).unref();
  return async () => {
    held.delete(path);
    if (held.size === 0) {
      clearInterval(heart);
      heart = undefined;
    }
    // Somebody who took this process for dead may have put another there.
    const now = await readFile(path, "utf8").catch(() => "");
    if (now === text) await rm(path, { force: true });
  };
}

async function createWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text, { flag: "wx" });
  try {
    await link(draft, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw error;
    // The file system knows no hard links. For a moment the lock is then an empty file.
    await writeFile(path, text, { flag: "wx" });
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes what processes left that died while they made or cleared this lock. */
async function clearDrafts(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const draft = join(dirname(path), name);
    if (!name.startsWith(prefix) || (await holderOf(draft)) !== "nobody") continue;
    await rm(draft, { force: true });
  }
}

function beat(): void {
  const now = new Date();
  for (const path of held) utimes(path, now, now).catch(() => {});
}

/** Who holds the lock at a path; "nobody" where there is none or its owner is dead, "stranger" where the file is no lock of ours. */
export async function holderOf(path: string): Promise<Owner | "nobody" | "stranger"> {
  try {
    const found = await stat(path);
    const silence_ms = Date.now() - found.mtimeMs;
    if (!found.isFile()) return "stranger";
    if (found.size === 0) return silence_ms < BIRTH_MS ? "stranger" : "nobody";
    const owner = ownerIn(await readFile(path, "utf8"));
    if (!owner) return "stranger";
    return ownerLives(owner, silence_ms) ? owner : "nobody";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "nobody";
    throw error;
  }
}

/** Takes the lock at a path, from a dead owner too; where that cannot be, says who holds it. */
export async function takeLock(path: string): Promise<Release | Owner | "stranger"> {
  for (;;) {
    try {
      return await leaveLock(path);
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const holder = await holderOf(path);
    if (holder !== "nobody") return holder;
    await clearAway(path);
  }
}

/** Takes the lock; undefined while anybody has it. */
export async function tryLock(path: string): Promise<Release | undefined> {
  const taken = await takeLock(path);
  return typeof taken === "function" ? taken : undefined;
}

/** Takes the lock as soon as it is free. @throws the signal's reason when aborted. */
export async function lock(path: string, signal?: AbortSignal): Promise<Release> {
  for (;;) {
    signal?.throwIfAborted();
    const release = await tryLock(path);
    if (release) return release;
    await sleep(POLL_MS, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
}

/**
 * Removes a dead lock. Two that find it dead at once move it away one after the other: the second moves what the first has put there
 * since, sees that it lives, and puts it back.
 */
async function clearAway(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.dead`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if ((await holderOf(aside)) !== "nobody") {
    await link(aside, path).catch(() => {});
  }
  await rm(aside, { force: true });
}
