// The pages of a TIFF file, classic or BigTIFF, in either order of bytes: grey images of one type and size, uncompressed, deflated or LZW.
// TIFF Revision 6.0 (Adobe, 1992); https://www.awaresystems.be/imaging/tiff/bigtiff.html
import { inflateSync } from "node:zlib";
import { InteropError } from "../error.ts";
import { numbersOf } from "../npy/dtype.ts";
import { unpackLzw } from "./lzw.ts";

/** The bytes of a file, in memory or behind a window on it. Parts may be kept. */
export interface TiffBytes {
  readonly length: number;
  subarray(start: number, end: number): Uint8Array<ArrayBuffer>;
}

export interface TiffPage {
  readonly height: number;
  readonly width: number;
  readonly bits: number;
  readonly sampleFormat: number;
  readonly compression: number;
  /** 2: each pixel is its difference from the one before it in the row; else 1. */
  readonly predictor: number;
  readonly strips: readonly { readonly at: number; readonly bytes: number }[];
}

type Bad = (problem: string) => InteropError;

const TAGS = {
  description: 270,
  columnsPerUnit: 282,
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
const LZW = 5;
const DEFLATED: readonly number[] = [8, 32946];
const DIFFERENCES = 2;
const MOST_PAGES = 1 << 20;
const [UNSIGNED, FLOAT] = [1, 3];
/** NumPy's letters of kinds of numbers, by the sample format. */
const KINDS = ["", "u", "i", "f"] as const;
const [ASCII, RATIONAL] = [2, 5];

export const isTiff = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x49 && bytes[1] === 0x49 && (bytes[2] === 42 || bytes[2] === 43)) ||
  (bytes[0] === 0x4d && bytes[1] === 0x4d && (bytes[3] === 42 || bytes[3] === 43));

/** An open TIFF. `bad` makes errors about it. */
export class TiffFile {
  readonly #bytes: TiffBytes;
  readonly #little: boolean;
  readonly #big: boolean;
  readonly #bad: Bad;

  constructor(bytes: TiffBytes, bad: Bad) {
    this.#bytes = bytes;
    this.#bad = bad;
    if (bytes.length < 8 || !isTiff(bytes.subarray(0, 4))) throw bad("is no TIFF file");
    this.#little = bytes.subarray(0, 1)[0] === 0x49;
    this.#big = this.#uint(2, 2) === 43;
  }

  /** What its pages are, in order. @throws InteropError "malformed", "unsupported". */
  pages(): TiffPage[] {
    return this.places().map((at, index) => this.page(at, index));
  }

  /** Where the directories of its pages are, in order. @throws InteropError "malformed". */
  places(): number[] {
    const places = new Set<number>();
    for (let at = this.#offset(this.#big ? 8 : 4); at !== 0; ) {
      if (places.has(at) || places.size === MOST_PAGES) throw this.#bad("has pages in a circle");
      places.add(at);
      const { first, count, entryBytes } = this.#entries(at);
      at = this.#offset(first + count * entryBytes);
    }
    return [...places];
  }

  /** @throws InteropError "malformed", "unsupported". */
  page(at: number, index: number): TiffPage {
    return this.#page(this.#directory(at), index);
  }

  /** The text of a page's description, where it has one. @throws InteropError "malformed". */
  description(at: number): string | undefined {
    const field = this.#field(at, TAGS.description, ASCII!);
    if (!field) return undefined;
    const text = new TextDecoder("latin1").decode(this.#part(field.at, field.count));
    return text.replace(/\0+$/, "");
  }

  /** Columns per unit of length, where the page tells. @throws InteropError "malformed". */
  columnsPerUnit(at: number): number | undefined {
    const field = this.#field(at, TAGS.columnsPerUnit, RATIONAL!);
    return field && this.#uint(field.at, 4) / this.#uint(field.at + 4, 4);
  }

  /** The pixels of a page, row by row. @throws InteropError "malformed". */
  pixels(page: TiffPage): ArrayLike<number> {
    const { height, width, bits, sampleFormat, compression, strips } = page;
    const needed = (height * width * bits) / 8;
    const bytes = new Uint8Array(needed);
    let filled = 0;
    for (const { at, bytes: length } of strips) {
      const packed = this.#part(at, length);
      const part =
        compression === UNCOMPRESSED
          ? packed
          : this.#unpacked(packed, compression, needed - filled);
      bytes.set(part.subarray(0, needed - filled), filled);
      filled = Math.min(needed, filled + part.length);
    }
    if (filled < needed) throw this.#bad(`has a page of ${filled} bytes instead of ${needed}`);
    const descr = `${this.#little ? "<" : ">"}${KINDS[sampleFormat]}${bits / 8}`;
    // No page is of 64-bit integers.
    const pixels = numbersOf(descr, bytes) as Uint8Array | Uint16Array | Float32Array;
    if (page.predictor === DIFFERENCES) {
      for (let i = 0; i < pixels.length; i++) if (i % width > 0) pixels[i]! += pixels[i - 1]!;
    }
    return pixels;
  }

  #entries(at: number): { first: number; count: number; entryBytes: number } {
    const [countBytes, entryBytes] = this.#big ? [8, 20] : [2, 12];
    const count = this.#uint(at, countBytes);
    // Sixteen times what there are names for.
    if (count > 4096) throw this.#bad(`has a page of ${count} fields`);
    return { first: at + countBytes, count, entryBytes };
  }

  #directory(at: number): Map<number, number[]> {
    const { first, count, entryBytes } = this.#entries(at);
    const tags = new Map<number, number[]>();
    for (let i = 0; i < count; i++) {
      const entry = first + i * entryBytes;
      tags.set(this.#uint(entry, 2), this.#values(entry));
    }
    return tags;
  }

  #values(entry: number): number[] {
    const size = TYPE_BYTES[this.#uint(entry + 2, 2)];
    if (size === undefined) return [];
    const { at, count } = this.#place(entry, size);
    return Array.from({ length: count }, (_, i) => this.#uint(at + i * size, size));
  }

  /** Where the values of an entry are: in it, where they find room. */
  #place(entry: number, size: number): { at: number; count: number } {
    const inline = this.#big ? 8 : 4;
    const count = this.#uint(entry + 4, inline);
    const field = entry + 4 + inline;
    const at = count * size <= inline ? field : this.#offset(field);
    this.#part(at, count * size);
    return { at, count };
  }

  #field(page: number, tag: number, type: number): { at: number; count: number } | undefined {
    const { first, count, entryBytes } = this.#entries(page);
    for (let entry = first; entry < first + count * entryBytes; entry += entryBytes) {
      if (this.#uint(entry, 2) !== tag || this.#uint(entry + 2, 2) !== type) continue;
      return this.#place(entry, type === RATIONAL ? 8 : 1);
    }
    return undefined;
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
      predictor: one("predictor", 1),
    };
    if (one("samples", 1) !== 1) throw unread("pages of several colours");
    if (tags.has(TAGS.tileWidth)) throw unread("pages in tiles");
    const isFloat = page.sampleFormat === FLOAT;
    const isKnown = [UNCOMPRESSED, LZW, ...DEFLATED].includes(page.compression);
    const isPredicted = page.predictor === 1 || (page.predictor === DIFFERENCES && !isFloat);
    if (!isKnown || !isPredicted) {
      throw unread(`compressed pages (${page.compression}, predictor ${page.predictor})`);
    }
    const allowed = isFloat ? [32, 64] : [8, 16, 32];
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

  #unpacked(packed: Uint8Array<ArrayBuffer>, compression: number, most: number): Uint8Array {
    try {
      if (compression === LZW) return unpackLzw(packed, most);
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
    const bytes = this.#part(at, size);
    const view = new DataView(bytes.buffer, bytes.byteOffset, size);
    if (size === 8) return Number(view.getBigUint64(0, this.#little));
    if (size === 4) return view.getUint32(0, this.#little);
    return size === 2 ? view.getUint16(0, this.#little) : view.getUint8(0);
  }
}
