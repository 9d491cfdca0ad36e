// Reads a text to its end, but never more of it than a spec has.
import { readSync } from "node:fs";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileError, type OpenFile, openText, SpecFileError } from "./node-open.ts";
import { decodeSpecText } from "./text-encoding.ts";
import { MOST_TEXT_BYTES, tooLarge } from "./text-size.ts";

export interface ReadOptions {
  /** How messages call the file. */
  readonly name: string;
}

export interface StreamOptions extends ReadOptions {
  /** What "-" stands for; standard input where absent. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** How long a pipe may have nobody who writes to it. A minute where absent. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * The text of a file or a pipe, or of standard input for the path "-".
 * @throws SpecFileError for what is no file or cannot be read; SpecTextError for what is not UTF-8 or too much; the signal's reason
 *   when aborted.
 */
export async function readSpecFile(path: string, options: StreamOptions): Promise<string> {
  const { name, stdin = process.stdin, signal } = options;
  if (path === "-") return textOf(interruptible(stdin, signal), name);
  const file = openText(path, name);
  try {
    return await textOf(file.isPipe ? fromPipe(file, options) : fromFile(file, name), name);
  } finally {
    file.close();
  }
}

/**
 * The text of a file, at once.
 * @throws SpecFileError, also for a pipe; SpecTextError for what is not UTF-8 or too much
 */
export function readSpecFileSync(path: string, { name }: ReadOptions): string {
  const file = openText(path, name);
  try {
    if (file.isPipe) throw new SpecFileError("not_a_file", `${name} is a pipe, not a file.`);
    const all = new Pieces(name);
    for (const piece of fromFile(file, name)) all.add(piece);
    return all.text();
  } catch (error) {
    throw fileError(error, name);
  } finally {
    file.close();
  }
}

async function textOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): Promise<string> {
  const all = new Pieces(name);
  try {
    for await (const piece of source) all.add(piece);
  } catch (error) {
    throw fileError(error, name);
  }
  return all.text();
}

/** A stream that waits for somebody to type ends when the signal says so. */
async function* interruptible(
  stream: AsyncIterable<Uint8Array> & { destroy?(reason: unknown): unknown },
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const stop = () => stream.destroy?.(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener("abort", stop);
  try {
    yield* stream;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

class Pieces {
  readonly #name: string;
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(piece: Uint8Array): void {
    this.#bytes += piece.length;
    if (this.#bytes > MOST_TEXT_BYTES) throw tooLarge(this.#name);
    this.#pieces.push(piece);
  }

  text(): string {
    return decodeSpecText(Buffer.concat(this.#pieces), { name: this.#name });
  }
}

function* fromFile(file: OpenFile, name: string): Generator<Uint8Array> {
  for (let piece = read(file); piece !== null; piece = read(file)) {
    // Files of the system's own can make their reader wait; these hold no spec.
    if (piece === undefined) throw new SpecFileError("unreadable", `nothing comes out of ${name}.`);
    yield piece;
  }
}

const POLL_MS = 20;

/** What is typed or computed may take its time, but there has to be somebody who opens the other end. */
async function* fromPipe(
  file: OpenFile,
  { name, patienceMs = 60_000, signal }: StreamOptions,
): AsyncGenerator<Uint8Array> {
  const began = performance.now();
  let hasWriter = false;
  for (;;) {
    const piece = read(file);
    if (piece === null && hasWriter) return;
    hasWriter ||= piece !== null;
    if (piece) yield piece;
    else await sleep(POLL_MS);
    signal?.throwIfAborted();
    if (!hasWriter && performance.now() - began > patienceMs) {
      throw new SpecFileError("unreadable", `nobody writes to the pipe ${name}.`);
    }
  }
}

const PIECE_BYTES = 1 << 16;

/** The next bytes; null at the end, undefined where there are none yet. */
function read({ descriptor }: OpenFile): Uint8Array | null | undefined {
  const piece = new Uint8Array(PIECE_BYTES);
  try {
    const length = readSync(descriptor, piece);
    return length === 0 ? null : piece.subarray(0, length);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw error;
  }
}
