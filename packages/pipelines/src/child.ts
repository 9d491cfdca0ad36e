// Runs a program: all that it says goes to a log, its progress to whoever asks, and it ends when the signal says so.
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
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
  const child = spawn(program, args, {
    cwd,
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that what the program started ends with it.
    detached: process.platform !== "win32",
  });
  let last = "";
  const listen = (line: string) => {
    const progress = progressIn(line);
    if (progress) onProgress?.(progress);
    else if (line.trim() !== "") last = line.trim();
  };
  for (const stream of [child.stdout, child.stderr]) {
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

function ending(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) =>
      resolve(`could not be started (${error.code})`),
    );
    child.on("close", (code, signal) => {
      if (code === 0) resolve(undefined);
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
