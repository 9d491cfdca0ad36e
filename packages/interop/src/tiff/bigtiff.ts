// BigTIFF: a TIFF with 64-bit offsets (https://www.awaresystems.be/imaging/tiff/bigtiff.html; tags: TIFF 6.0, Adobe 1992).
// Frames come first, one strip each, then all directories; every offset follows from the shape, so nothing is written twice.

export interface TiffStack {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  readonly bytesPerPixel: 1 | 2 | 4;
  readonly description: string;
}

// Types of values.
const [ASCII, SHORT, LONG, LONG8] = [2, 3, 4, 16];
const HEADER_BYTES = 16;
const ENTRY_BYTES = 20;

type Entry = readonly [tag: number, type: number, count: number, value: number];

export function tiffHeader(stack: TiffStack): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  view.setUint16(0, 0x4949);
  view.setUint16(2, 43, true);
  view.setUint16(4, 8, true);
  view.setBigUint64(8, BigInt(directoriesAt(stack)), true);
  return new Uint8Array(view.buffer);
}

/** What stands between the last frame and the first directory: padding and the description. */
export function tiffDescription(stack: TiffStack): Uint8Array {
  const bytes = new Uint8Array(directoriesAt(stack) - framesEnd(stack));
  bytes.set(descriptionBytes(stack), descriptionAt(stack) - framesEnd(stack));
  return bytes;
}

/** The directories of frames `from` … `to` − 1, one after another. */
export function tiffDirectories(stack: TiffStack, from: number, to: number): Uint8Array {
  const parts = Array.from({ length: to - from }, (_, i) => directory(stack, from + i));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function directory(stack: TiffStack, frame: number): Uint8Array {
  const entries = entriesOf(stack, frame);
  const view = new DataView(new ArrayBuffer(directoryBytes(entries.length)));
  view.setBigUint64(0, BigInt(entries.length), true);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    const at = 8 + ENTRY_BYTES * i;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setBigUint64(at + 4, BigInt(count), true);
    // Little-endian: a short value is the beginning of a long one.
    view.setBigUint64(at + 12, BigInt(value), true);
  }
  const next = frame + 1 === stack.frames ? 0 : directoryAt(stack, frame + 1);
  view.setBigUint64(view.byteLength - 8, BigInt(next), true);
  return new Uint8Array(view.buffer);
}

/** In ascending order of tags. */
function entriesOf(stack: TiffStack, frame: number): Entry[] {
  const { height, width, bytesPerPixel } = stack;
  const description: Entry[] =
    frame === 0 ? [[270, ASCII!, descriptionBytes(stack).length, descriptionAt(stack)]] : [];
  return [
    [256, LONG!, 1, width],
    [257, LONG!, 1, height],
    [258, SHORT!, 1, 8 * bytesPerPixel],
    [259, SHORT!, 1, 1], // uncompressed
    [262, SHORT!, 1, 1], // black is zero
    ...description,
    [273, LONG8!, 1, HEADER_BYTES + frame * frameBytes(stack)],
    [277, SHORT!, 1, 1],
    [278, LONG!, 1, height],
    [279, LONG8!, 1, frameBytes(stack)],
    [339, SHORT!, 1, bytesPerPixel === 4 ? 3 : 1], // float or unsigned
  ];
}

const OTHER_ENTRIES = 10;
const directoryBytes = (entries: number): number => 8 + ENTRY_BYTES * entries + 8;

const frameBytes = ({ height, width, bytesPerPixel }: TiffStack): number =>
  height * width * bytesPerPixel;
const framesEnd = (stack: TiffStack): number => HEADER_BYTES + stack.frames * frameBytes(stack);
const aligned = (at: number): number => Math.ceil(at / 8) * 8;
const descriptionAt = (stack: TiffStack): number => aligned(framesEnd(stack));
const descriptionBytes = ({ description }: TiffStack): Uint8Array =>
  new TextEncoder().encode(`${description}\0`);
const directoriesAt = (stack: TiffStack): number =>
  aligned(descriptionAt(stack) + descriptionBytes(stack).length);

function directoryAt(stack: TiffStack, frame: number): number {
  const first = directoriesAt(stack);
  if (frame === 0) return first;
  return first + directoryBytes(OTHER_ENTRIES + 1) + (frame - 1) * directoryBytes(OTHER_ENTRIES);
}
