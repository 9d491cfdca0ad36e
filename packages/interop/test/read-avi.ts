// Reads an uncompressed AVI the way the two specifications say, for tests: by the OpenDML indexes, and by that of AVI 1.0.
import { readFileSync } from "node:fs";

export interface Chunk {
  readonly code: string;
  /** Of the content. */
  readonly at: number;
  readonly length: number;
}

export interface ReadAvi {
  readonly bytes: Buffer;
  /** Codes of the file's RIFFs with what follows: "AVI ", "AVIX". */
  readonly riffs: readonly Chunk[];
  readonly chunks: ReadonlyMap<string, Chunk>;
  readonly fourcc: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly totalFrames: number;
  /** Frames as the OpenDML indexes find them. */
  readonly frames: readonly Buffer[];
  /** Frames as the index of AVI 1.0 finds them: those of the first RIFF. */
  readonly legacyFrames: readonly Buffer[];
}

export function readAvi(path: string): ReadAvi {
  const bytes = readFileSync(path);
  const riffs = walk(bytes, 0, bytes.length);
  const chunks = new Map<string, Chunk>();
  for (const riff of riffs) collect(bytes, riff, chunks);
  const at = (code: string) => chunks.get(code)!.at;
  const u32 = (position: number) => bytes.readUInt32LE(position);
  const text = (position: number) => bytes.toString("latin1", position, position + 4);
  const strh = at("strh");
  const strf = at("strf");
  const frames: Buffer[] = [];
  const indx = at("indx");
  for (let s = 0; s < u32(indx + 4); s++) {
    const entry = indx + 24 + 16 * s;
    const index = Number(bytes.readBigUInt64LE(entry));
    if (text(index) !== "ix00" || u32(index + 4) + 8 !== u32(entry + 8))
      throw new Error("no index");
    const base = Number(bytes.readBigUInt64LE(index + 20));
    if (u32(index + 12) !== u32(entry + 12)) throw new Error("frames of the index disagree");
    for (let f = 0; f < u32(index + 12); f++) {
      const from = base + u32(index + 32 + 8 * f);
      const length = u32(index + 36 + 8 * f);
      if (text(from - 8) !== "00db" || u32(from - 4) !== length) throw new Error("no frame there");
      frames.push(bytes.subarray(from, from + length));
    }
  }
  const movi = chunks.get("movi")!.at;
  const idx1 = chunks.get("idx1")!;
  const legacyFrames = Array.from({ length: idx1.length / 16 }, (_, f) => {
    const from = movi + u32(idx1.at + 16 * f + 8);
    if (text(from) !== "00db") throw new Error("no frame there");
    return bytes.subarray(from + 8, from + 8 + u32(idx1.at + 16 * f + 12));
  });
  return {
    bytes,
    riffs,
    chunks,
    fourcc: text(strf + 16),
    width: u32(strf + 4),
    height: u32(strf + 8),
    fps: u32(strh + 24) / u32(strh + 20),
    totalFrames: u32(at("dmlh")),
    frames,
    legacyFrames,
  };
}

/** Chunks one after another; they fill the room to its end, or this throws. */
function walk(bytes: Buffer, from: number, to: number): Chunk[] {
  const found: Chunk[] = [];
  for (let at = from; at < to; ) {
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > to) throw new Error(`a chunk at ${at} is longer than what it is in`);
    found.push({ code: bytes.toString("latin1", at, at + 4), at: at + 8, length });
    at += 8 + length + (length % 2);
  }
  return found;
}

/** The first chunk of each code; lists by their type, from where their type stands. */
function collect(bytes: Buffer, { code, at, length }: Chunk, chunks: Map<string, Chunk>): void {
  if (code !== "RIFF" && code !== "LIST") {
    if (!chunks.has(code)) chunks.set(code, { code, at, length });
    return;
  }
  const type = bytes.toString("latin1", at, at + 4);
  if (!chunks.has(type)) chunks.set(type, { code: type, at, length });
  for (const child of walk(bytes, at + 4, at + length)) collect(bytes, child, chunks);
}
