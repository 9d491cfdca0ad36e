// What an AVI file holds: its first video stream, and where each frame of it lies. Chunks are walked one after another, without the
// indexes, which writers leave out or broken.
// AVI 1.0: Microsoft, "AVI RIFF File Reference"; BITMAPINFOHEADER: Windows GDI.
import type { InteropError } from "../error.ts";
import type { FileWindow } from "./file-window.ts";

export interface AviVideo {
  readonly height: number;
  readonly width: number;
  /** Four characters, or "DIB " for an uncompressed bitmap. */
  readonly fourcc: string;
  readonly bits: number;
  /** Whether the first row in the file is the lowest. */
  readonly isBottomUp: boolean;
  /** Grey of each code of a bitmap of 8 bits; null where its palette has colours, or none. */
  readonly greys: Uint8Array | null;
  readonly fps: number;
}

export interface AviFrames {
  readonly video: AviVideo;
  /** Where frames begin, and how many bytes each has. */
  readonly at: readonly number[];
  readonly lengths: readonly number[];
}

interface Chunk {
  readonly code: string;
  readonly at: number;
  readonly end: number;
}

type Bad = (problem: string) => InteropError;

const FRAME = /^(\d\d)d[bc]$/;
const LISTS = new Set(["RIFF", "LIST"]);
const HEADER_BYTES = 40;

/** @throws InteropError "malformed" that `bad` makes. */
export function aviFrames(file: FileWindow, bad: Bad): AviFrames {
  const at: number[] = [];
  const lengths: number[] = [];
  let stream = -1;
  let videoStream: string | undefined;
  let format: Chunk | undefined;
  let header: Chunk | undefined;
  for (const chunk of leaves(file, bad)) {
    if (chunk.code === "strh") {
      stream += 1;
      if (videoStream === undefined && text(file, chunk.at) === "vids") {
        videoStream = String(stream).padStart(2, "0");
        header = chunk;
      }
    } else if (chunk.code === "strf" && header && !format) format = chunk;
    else if (videoStream !== undefined && FRAME.exec(chunk.code)?.[1] === videoStream) {
      at.push(chunk.at);
      lengths.push(chunk.end - chunk.at);
    }
  }
  if (!header || !format) throw bad("holds no video stream");
  return { video: videoOf(file, header, format, bad), at, lengths };
}

/** A chunk without bytes repeats the frame before it. */
export function lastStored(lengths: readonly number[], frame: number): number {
  let stored = frame;
  while (stored >= 0 && lengths[stored] === 0) stored -= 1;
  return stored;
}

/** All chunks that are no lists, in order. */
function* leaves(file: FileWindow, bad: Bad): Generator<Chunk> {
  for (let at = 0; at + 8 <= file.length; ) {
    const code = text(file, at);
    const length = view(file, at + 4, 4).getUint32(0, true);
    if (LISTS.has(code)) {
      at += 12;
      continue;
    }
    const end = at + 8 + length;
    if (end > file.length) throw bad("ends within a frame or a header");
    yield { code, at: at + 8, end };
    // Chunks begin at even bytes.
    at = end + (length % 2);
  }
}

function videoOf(file: FileWindow, header: Chunk, format: Chunk, bad: Bad): AviVideo {
  if (format.end - format.at < HEADER_BYTES || header.end - header.at < 28) {
    throw bad("has a header that is too short");
  }
  const stream = view(file, header.at, 28);
  const bitmap = view(file, format.at, HEADER_BYTES);
  const compression = bitmap.getUint32(16, true);
  const signedHeight = bitmap.getInt32(8, true);
  return {
    height: Math.abs(signedHeight),
    width: bitmap.getInt32(4, true),
    fourcc: compression === 0 ? "DIB " : text(file, format.at + 16),
    bits: bitmap.getUint16(14, true),
    isBottomUp: compression === 0 && signedHeight > 0,
    greys: greysOf(file, format),
    fps: stream.getUint32(24, true) / stream.getUint32(20, true),
  };
}

function greysOf(file: FileWindow, format: Chunk): Uint8Array | null {
  const colours = Math.floor((format.end - format.at - HEADER_BYTES) / 4);
  if (colours < 1 || colours > 256) return null;
  const palette = file.subarray(format.at + HEADER_BYTES, format.at + HEADER_BYTES + 4 * colours);
  const greys = new Uint8Array(256);
  for (let code = 0; code < colours; code++) {
    const [blue, green, red] = palette.subarray(4 * code, 4 * code + 3);
    if (blue !== green || green !== red) return null;
    greys[code] = blue!;
  }
  return greys;
}

function view(file: FileWindow, at: number, length: number): DataView {
  const bytes = file.subarray(at, at + length);
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

const text = (file: FileWindow, at: number): string =>
  new TextDecoder("latin1").decode(file.subarray(at, at + 4));
