// What processes that compile the same spec at the same time work out together: pieces of works, each a file of a folder that all of them see.
//
// Nobody waits for anybody. A piece is a pure function of the spec and its number, so two that make the same one write the same bytes, and who finds none
// makes it. All begin at different pieces, and go on with those that are missing in orders of their own, so that few are made twice.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codeOf, fsErrorOf, type PathError, type Shard, writeWholeAtOnce } from "@minisim/output";
import type { ShareWorks } from "@minisim/pipeline";

export interface SharedWorks {
  readonly share: ShareWorks;
  /** Pieces that were taken from others, and that were made here. */
  readonly counts: { readonly taken: number; readonly made: number };
  /** Why pieces could not be kept, where they could not: they were all made here from then on. */
  readonly problem: PathError | undefined;
}

/** Raised when pieces of the same name hold other numbers. */
const FORMAT = 1;

/** In a folder of one spec alone. */
export function sharedWorks(folder: string, shard: Shard): SharedWorks {
  let [taken, made] = [0, 0];
  let problem: PathError | undefined;
  const pieceOf = (name: string, piece: number, make: (piece: number) => Float64Array) => {
    const path = join(folder, `${name}.${FORMAT}.${piece}`);
    const found = problem ? undefined : readPiece(path, name);
    if (found) {
      taken += 1;
      return found;
    }
    const values = make(piece);
    made += 1;
    if (problem) return values;
    try {
      keep(path, sealed(values, name));
    } catch (error) {
      problem = fsErrorOf(error, folder);
      if (!problem) throw error;
    }
    return values;
  };
  return {
    share(name, pieces, make) {
      const values = new Array<Float64Array>(pieces);
      for (const piece of orderFor(shard, pieces)) values[piece] = pieceOf(name, piece, make);
      return values;
    },
    get counts() {
      return { taken, made };
    },
    get problem() {
      return problem;
    },
  };
}

function keep(path: string, bytes: Uint8Array): void {
  try {
    writeWholeAtOnce(path, bytes);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    // Somebody has made room in the cache.
    mkdirSync(dirname(path), { recursive: true });
    writeWholeAtOnce(path, bytes);
  }
}

/** The pieces as a shard comes to them: its own, then the others, mixed differently for each. */
export function orderFor({ number, of }: Shard, pieces: number): number[] {
  const isOwn = (piece: number) => Math.floor((piece * of) / pieces) + 1 === number;
  const all = Array.from({ length: pieces }, (_, piece) => piece);
  const others = all.filter((piece) => !isOwn(piece));
  const places = new Map(others.map((piece) => [piece, mixed(piece, number)]));
  return [...all.filter(isOwn), ...others.sort((a, b) => places.get(a)! - places.get(b)! || a - b)];
}

/** Some number of two: SHA-256 mixes well, and a work has some hundreds of pieces. */
const mixed = (a: number, b: number): number =>
  createHash("sha256").update(`${a} ${b}`).digest().readUInt32LE(0);

const DIGEST_BYTES = 32;

function sealed(values: Float64Array, name: string): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.concat([bytes, digestOf(bytes, name)]);
}

const digestOf = (bytes: Uint8Array, name: string): Buffer =>
  createHash("sha256").update(`${name}\n`).update(bytes).digest();

/** Undefined where there is none, or none that is whole. */
function readPiece(path: string, name: string): Float64Array | undefined {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch (error) {
    // Whatever is wrong, the piece can be made.
    if (codeOf(error) !== undefined) return undefined;
    throw error;
  }
  const bytes = file.subarray(0, Math.max(0, file.length - DIGEST_BYTES));
  const isWhole = digestOf(bytes, name).equals(file.subarray(bytes.length));
  if (!isWhole || bytes.length % Float64Array.BYTES_PER_ELEMENT !== 0) return undefined;
  return new Float64Array(Uint8Array.from(bytes).buffer);
}
