// The pages of a TIFF file, classic or BigTIFF, in either order of bytes: grey images of one type and size, uncompressed or deflated.
// TIFF Revision 6.0 (Adobe, 1992); https://www.awaresystems.be/imaging/tiff/bigtiff.html
import { inflateSync } from "node:zlib";
import { InteropError } from "../error.ts";

export interface TiffPage {
  readonly height: number;
  readonly width: number;
  readonly bits: number;
  readonly sampleFormat: number;
  readonly compression: number;
  readonly strips: readonly { readonly at: number; readonly bytes: number }[];
}

type Bad = (problem: string) => InteropError;

const TAGS = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  stripOffsets: 273,
  samples: 277,
  stripBytes: 279,
  predictor: 317,
  tileWidth: 322,
  sampleFormat: 339,
} as const;
/** Bytes of a value, by the number of its type: those that hold whole numbers. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 16: 8 };
const UNCOMPRESSED = 1;
const DEFLATED: readonly number[] = [8, 32946];
const MOST_PAGES = 1 << 20;
const [UNSIGNED, SIGNED, FLOAT] = [1, 2, 3];

export const isTiff = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x49 && bytes[1] === 0x49 && (bytes[2] === 42 || bytes[2] === 43)) ||
  (bytes[0] === 0x4d && bytes[1] === 0x4d && (bytes[3] === 42 || bytes[3] === 43));

/** An open TIFF, whole in memory. `bad` makes errors about it. */
export class TiffFile {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView<ArrayBuffer>;
  readonly #little: boolean;
  readonly #big: boolean;
  readonly #bad: Bad;

  constructor(bytes: Uint8Array<ArrayBuffer>, bad: Bad) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#bad = bad;
    if (!isTiff(bytes) || bytes.length < 8) throw bad("is no TIFF file");
    this.#little = bytes[0] === 0x49;
    this.#big = this.#uint(2, 2) === 43;
  }

  /** What its pages are, in order. @throws InteropError "malformed", "unsupported". */
  pages(): TiffPage[] {
    const pages: TiffPage[] = [];
    const seen = new Set<number>();
    for (let at = this.#offset(this.#big ? 8 : 4); at !== 0; ) {
      if (seen.has(at) || pages.length === MOST_PAGES) throw this.#bad("has pages in a circle");
      seen.add(at);
      const { tags, next } = this.#directory(at);
      pages.push(this.#page(tags, pages.length));
      at = next;
    }
    return pages;
  }

  /** The pixels of a page, row by row. @throws InteropError "malformed". */
  pixels(page: TiffPage): Float64Array {
    const { height, width, bits, sampleFormat, compression, strips } = page;
    const needed = (height * width * bits) / 8;
    const bytes = new Uint8Array(needed);
    let filled = 0;
    for (const { at, bytes: length } of strips) {
      const packed = this.#part(at, length);
      const part = compression === UNCOMPRESSED ? packed : this.#inflated(packed, needed - filled);
      bytes.set(part.subarray(0, needed - filled), filled);
      filled = Math.min(needed, filled + part.length);
    }
    if (filled < needed) throw this.#bad(`has a page of ${filled} bytes instead of ${needed}`);
    const view = new DataView(bytes.buffer);
    const size = bits / 8;
    return Float64Array.from({ length: height * width }, (_, i) =>
      numberAt(view, i * size, size, sampleFormat, this.#little),
    );
  }

  #directory(at: number): { tags: Map<number, number[]>; next: number } {
    const [countBytes, entryBytes] = this.#big ? [8, 20] : [2, 12];
    const count = this.#uint(at, countBytes);
    // Sixteen times what there are names for.
    if (count > 4096) throw this.#bad(`has a page of ${count} fields`);
    const first = at + countBytes;
    const tags = new Map<number, number[]>();
    for (let i = 0; i < count; i++) {
      const entry = first + i * entryBytes;
      tags.set(this.#uint(entry, 2), this.#values(entry));
    }
    return { tags, next: this.#offset(first + count * entryBytes) };
  }

  #values(entry: number): number[] {
    const size = TYPE_BYTES[this.#uint(entry + 2, 2)];
    if (size === undefined) return [];
    const count = this.#uint(entry + 4, this.#big ? 8 : 4);
    const inline = this.#big ? 8 : 4;
    const field = entry + 4 + inline;
    const at = count * size <= inline ? field : this.#offset(field);
    this.#part(at, count * size);
    return Array.from({ length: count }, (_, i) => this.#uint(at + i * size, size));
  }

  #page(tags: ReadonlyMap<number, readonly number[]>, index: number): TiffPage {
    const one = (name: keyof typeof TAGS, fallback: number) =>
      tags.get(TAGS[name])?.[0] ?? fallback;
    const unread = (what: string) =>
      new InteropError("unsupported", this.#bad(`has ${what}, which are not read`).message);
    const [height, width] = [one("height", 0), one("width", 0)];
    const page = {
      height,
      width,
      bits: one("bits", 1),
      sampleFormat: one("sampleFormat", UNSIGNED!),
      compression: one("compression", UNCOMPRESSED),
    };
    if (one("samples", 1) !== 1) throw unread("pages of several colours");
    if (tags.has(TAGS.tileWidth)) throw unread("pages in tiles");
    const isPlain = page.compression === UNCOMPRESSED || DEFLATED.includes(page.compression);
    if (!isPlain || one("predictor", 1) !== 1) {
      throw unread(`compressed pages (${page.compression})`);
    }
    const allowed = page.sampleFormat === FLOAT ? [32, 64] : [8, 16, 32];
    if (!allowed.includes(page.bits) || page.sampleFormat > FLOAT!) {
      throw unread(`pixels of ${page.bits} bits and kind ${page.sampleFormat}`);
    }
    const offsets = tags.get(TAGS.stripOffsets) ?? [];
    const lengths = tags.get(TAGS.stripBytes) ?? [];
    if (!(height > 0 && width > 0) || offsets.length === 0 || offsets.length !== lengths.length) {
      throw this.#bad(`has a page ${index} without pixels`);
    }
    const strips = offsets.map((at, i) => ({ at, bytes: lengths[i]! }));
    return { ...page, strips };
  }

  #inflated(packed: Uint8Array<ArrayBuffer>, most: number): Uint8Array {
    try {
      return inflateSync(packed, { maxOutputLength: Math.max(1, most) });
    } catch {
      throw this.#bad("has a page that does not unpack to its size");
    }
  }

  #offset(at: number): number {
    return this.#uint(at, this.#big ? 8 : 4);
  }

  #part(at: number, length: number): Uint8Array<ArrayBuffer> {
    if (at + length > this.#bytes.length) throw this.#bad("ends within its pages");
    return this.#bytes.subarray(at, at + length);
  }

  #uint(at: number, size: number): number {
    this.#part(at, size);
    if (size === 8) return Number(this.#view.getBigUint64(at, this.#little));
    if (size === 4) return this.#view.getUint32(at, this.#little);
    return size === 2 ? this.#view.getUint16(at, this.#little) : this.#view.getUint8(at);
  }
}

function numberAt(view: DataView, at: number, size: number, kind: number, little: boolean): number {
  if (kind === FLOAT) return size === 4 ? view.getFloat32(at, little) : view.getFloat64(at, little);
  if (kind === SIGNED) {
    if (size === 1) return view.getInt8(at);
    return size === 2 ? view.getInt16(at, little) : view.getInt32(at, little);
  }
  if (size === 1) return view.getUint8(at);
  return size === 2 ? view.getUint16(at, little) : view.getUint32(at, little);
}
