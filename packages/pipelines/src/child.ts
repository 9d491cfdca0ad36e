// Runs a program: all that it says goes to a log, its progress to whoever asks, and it ends when the signal says so.
import { type ChildProcess, type SpawnOptions, type StdioOptions, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is being done; "" where the program does not say. */
  readonly stage: string;
}

export interface ChildOptions {
  readonly cwd: string;
  /** Of the program; it inherits nothing else. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file that grows by what the program says. */
  readonly log: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** How a program ended that did not end well. */
export interface Ended {
  /** "ended with exit code 1", "was killed (SIGKILL)", "could not be started (ENOENT)". */
  readonly how: string;
  /** The last line that it said; "" where it said nothing. */
  readonly said: string;
}

/** Undefined where the program ended well. @throws the signal's reason when aborted. */
export async function runChild(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env, log, signal, onProgress }: ChildOptions,
): Promise<Ended | undefined> {
  signal?.throwIfAborted();
  const file = createWriteStream(log, { flags: "a" });
  const child = started([program, ...args], { cwd, env: { ...env } });
  let last = "";
  const listen = (line: string) => {
    const progress = progressIn(line);
    if (progress) onProgress?.(progress);
    else if (line.trim() !== "") last = line.trim();
  };
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on("data", (piece: Buffer) => file.write(piece));
    eachLine(stream, listen);
  }
  const stop = () => end(child);
  signal?.addEventListener("abort", stop);
  try {
    const how = await ending(child);
    signal?.throwIfAborted();
    return how === undefined ? undefined : { how, said: last };
  } finally {
    signal?.removeEventListener("abort", stop);
    file.end();
    await finished(file).catch(() => {});
  }
}

// Where this process is killed the system closes its end of the third pipe; then the program is killed with all that it has started.
const GUARDED = '(read -r _ <&3; kill -9 -$$) >/dev/null 2>&1 & exec "$@" 3<&-';

/** In a group of its own, so that what the program starts ends with it. */
function started(words: readonly [string, ...string[]], place: SpawnOptions): ChildProcess {
  if (process.platform === "win32") {
    return spawn(words[0], words.slice(1), { ...place, stdio: ["ignore", "pipe", "pipe"] });
  }
  const stdio: StdioOptions = ["ignore", "pipe", "pipe", "pipe"];
  return spawn("/bin/sh", ["-c", GUARDED, "sh", ...words], { ...place, stdio, detached: true });
}

const PROGRESS = /^progress (\d+)\/(\d+)(?: (.*))?$/;

/** "progress 3/7 registration", as scripts print it. */
function progressIn(line: string): Progress | undefined {
  const [, done, total, stage = ""] = PROGRESS.exec(line.trimEnd()) ?? [];
  return done === undefined ? undefined : { done: Number(done), total: Number(total), stage };
}

// A line without an end is somebody's picture of progress.
const MOST_LINE = 10_000;

function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let open = "";
  stream.on("data", (piece: Buffer) => {
    const lines = `${open}${piece}`.split(/\r\n|\n|\r/);
    open = lines.pop()!.slice(-MOST_LINE);
    lines.forEach(onLine);
  });
  stream.on("end", () => onLine(open));
}

// Of the shell, for a program that is not on the path.
const NOT_FOUND = 127;

function ending(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) =>
      resolve(`could not be started (${error.code})`),
    );
    // The guard has nothing more to guard.
    child.on("exit", () => (child.stdio[3] as Writable | null | undefined)?.destroy());
    child.on("close", (code, signal) => {
      if (code === 0) resolve(undefined);
      else if (code === NOT_FOUND) resolve("could not be started");
      else resolve(code === null ? `was killed (${signal})` : `ended with exit code ${code}`);
    });
  });
}

/** Long enough for a program to put its files away. */
const PATIENCE_MS = 5000;

function end(child: ChildProcess): void {
  send(child, "SIGTERM");
  const timer = setTimeout(() => send(child, "SIGKILL"), PATIENCE_MS);
  child.on("close", () => clearTimeout(timer));
}

function send(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
