// Everything in an AVI file before the first frame. Its length does not depend on what it says, so that it can be written again once all is known.
// AVI 1.0: Microsoft, "AVI RIFF File Reference"; large files: "OpenDML AVI File Format Extensions" 1.02 (Matrox, 1996).
import { markOf } from "@minisim/output/mark";
import { bytes, chunk, u16, u32, u64 } from "./chunks.ts";
import type { FourCc, FrameLayout } from "./frame-layout.ts";

/** One RIFF of frames. */
export interface Segment {
  /** Where its index chunk begins, and how long that is. */
  readonly indexAt: number;
  readonly indexBytes: number;
  readonly frames: number;
}

export interface AviHeader {
  readonly layout: FrameLayout;
  readonly fps: number;
  readonly frames: number;
  readonly segments: readonly Segment[];
}

/** Room in the index of segments. At just under 1 GB each: far more than a day of a miniscope. */
export const MOST_SEGMENTS = 256;
// Code of an uncompressed frame of stream 0.
export const FRAME_CODE = "00db";
const HAS_INDEX = 0x10;

/** From "RIFF" to the end of the header list; the length of the first RIFF (bytes 4 … 7) is left 0. */
export function aviHeader({ layout, fps, frames, segments }: AviHeader): Uint8Array {
  const { fourcc, width, height, frameBytes } = layout;
  const { rate, scale } = rateOf(fps);
  const main = chunk(
    "avih",
    u32(Math.min(0xffffffff, Math.round(1e6 / fps))),
    u32(Math.min(0xffffffff, Math.round(frameBytes * fps))),
    u32(0),
    u32(HAS_INDEX),
    u32(segments[0]?.frames ?? 0),
    u32(0),
    u32(1),
    ...[frameBytes, width, height, 0, 0, 0, 0].map(u32),
  );
  const stream = chunk(
    "strh",
    "vids",
    fourcc,
    ...[0, 0, 0, scale, rate, 0, frames, frameBytes, 0xffffffff, 0].map(u32),
    ...[0, 0, width, height].map(u16),
  );
  const strl = list("strl", stream, format(fourcc, layout), superIndex(segments));
  // Of the 248 bytes the first number is all that is defined.
  const total = list("odml", chunk("dmlh", u32(frames), new Uint8Array(244)));
  const header = list("hdrl", main, strl, total);
  // Readers skip junk. Chunks begin at even bytes.
  const mark = chunk("JUNK", markOf("avi").padEnd(32));
  return bytes("RIFF", u32(0), "AVI ", header, mark);
}

const list = (code: string, ...parts: readonly Uint8Array[]) => chunk("LIST", code, ...parts);

/** BITMAPINFOHEADER; a device-independent bitmap of 8 bits has a palette, here of greys. */
function format(fourcc: FourCc, { width, height, frameBytes }: FrameLayout): Uint8Array {
  const isBitmap = fourcc === "DIB ";
  const palette = isBitmap ? Array.from({ length: 256 }, (_, grey) => u32(grey * 0x010101)) : [];
  return chunk(
    "strf",
    ...[40, width, height].map(u32),
    u16(1),
    u16(8),
    isBitmap ? u32(0) : fourcc,
    ...[frameBytes, 0, 0, palette.length, 0].map(u32),
    ...palette,
  );
}

/** Where the index of each segment is. */
function superIndex(segments: readonly Segment[]): Uint8Array {
  const entries = segments.flatMap(({ indexAt, indexBytes, frames }) => [
    u64(indexAt),
    u32(indexBytes),
    u32(frames),
  ]);
  const room = new Uint8Array(16 * (MOST_SEGMENTS - segments.length));
  const head = [u16(4), u16(0), u32(segments.length), FRAME_CODE, u32(0), u32(0), u32(0)];
  return chunk("indx", ...head, ...entries, room);
}

/** Frames per second as a fraction of 32-bit integers. */
function rateOf(fps: number): { rate: number; scale: number } {
  if (Number.isInteger(fps)) return { rate: fps, scale: 1 };
  const scale = 1_000_000;
  return { rate: Math.max(1, Math.round(fps * scale)), scale };
}
