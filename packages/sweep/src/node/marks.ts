// Files that say "this process is at it": who wrote one, and whether that process still lives.
import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** How often marks are touched while they stand. */
const BEAT_MS = 20_000;
/** A mark that was not touched for so long is dead, though a process of that number may live: numbers are used again. */
const SILENCE_MS = 600_000;
/** A mark without content is one that its owner is about to write. */
const BIRTH_MS = 10_000;
const POLL_MS = 50;
/** Rounding, and clocks that are set right. */
const CLOCK_S = 5;

const standing = new Set<string>();
let heart: NodeJS.Timeout | undefined;

/** A mark that was left; call it to take the mark away. */
export type Release = () => Promise<void>;

/** Leaves a mark at a path that nobody else has. */
export async function leaveMark(path: string): Promise<Release> {
  const text = JSON.stringify({ ...self(), id: randomUUID() });
  await writeFile(path, text, { flag: "wx" });
  standing.add(path);
  // Never keeps the process alive.
  heart ??= setInterval(beat, BEAT_MS).unref();
  return async () => {
    standing.delete(path);
    if (standing.size === 0) {
      clearInterval(heart);
      heart = undefined;
    }
    // Somebody who took this process for dead may have put another there.
    const now = await readFile(path, "utf8").catch(() => "");
    if (now === text) await rm(path, { force: true });
  };
}

function beat(): void {
  const now = new Date();
  for (const path of standing) utimes(path, now, now).catch(() => {});
}

/** Whether whoever left the mark still lives; false where there is no mark. */
export async function isAlive(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    const silence = Date.now() - mtimeMs;
    const owner = ownerIn(await readFile(path, "utf8"));
    if (!owner) return silence < BIRTH_MS;
    return silence < SILENCE_MS && (owner.host !== hostname() || processLives(owner));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process began, in seconds since 1970. */
  readonly started_s: number;
}

const self = (): Owner => ({
  host: hostname(),
  pid: process.pid,
  started_s: Math.round(Date.now() / 1000 - process.uptime()),
});

function ownerIn(text: string): Owner | undefined {
  try {
    const { host, pid, started_s } = JSON.parse(text);
    return typeof host === "string" && Number.isInteger(pid) ? { host, pid, started_s } : undefined;
  } catch {
    return undefined;
  }
}

/** In a container that was started again, this process may well have the number of the one that was killed. */
function processLives({ pid, started_s }: Owner): boolean {
  if (pid === process.pid) return Math.abs(started_s - self().started_s) <= CLOCK_S;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Takes the lock at `path`, from a dead owner too; undefined while a living one has it. */
export async function tryLock(path: string): Promise<Release | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return await leaveMark(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (await isAlive(path)) return undefined;
    await clearAway(path);
  }
  return undefined;
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
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (await isAlive(aside)) {
    await writeFile(path, await readFile(aside), { flag: "wx" }).catch(() => {});
  }
  await rm(aside, { force: true });
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
