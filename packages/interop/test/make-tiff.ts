// Writes small TIFF files by the specification, in either order of bytes, classic or BigTIFF: for tests of reading.
import { deflateSync } from "node:zlib";

export interface TiffOptions {
  readonly littleEndian?: boolean;
  readonly big?: boolean;
  /** Pixels are whole numbers of 8 or 16 bits, or floats of 32 or 64. */
  readonly bits?: 8 | 16 | 32 | 64;
  readonly deflate?: boolean;
  readonly rowsPerStrip?: number;
  /** Tags that are written as they are, over those that belong there. */
  readonly tags?: Readonly<Record<number, number>>;
}

/** One page for each image, row by row. */
export function makeTiff(
  images: readonly (readonly number[])[],
  [height, width]: readonly [number, number],
  options: TiffOptions = {},
): Uint8Array {
  const { littleEndian = true, big = false, bits = 32, deflate = false } = options;
  const { rowsPerStrip = height } = options;
  const out = Buffer.alloc(1 << 20);
  const view = new DataView(out.buffer, out.byteOffset);
  const word = big ? 8 : 4;
  const uint = (at: number, size: number, value: number): void => {
    if (size === 8) view.setBigUint64(at, BigInt(value), littleEndian);
    else if (size === 4) view.setUint32(at, value, littleEndian);
    else view.setUint16(at, value, littleEndian);
  };
  out.write(littleEndian ? "II" : "MM", 0, "latin1");
  uint(2, 2, big ? 43 : 42);
  if (big) uint(4, 2, 8);
  let link = big ? 8 : 4;
  let end = big ? 16 : 8;
  const place = (bytes: Uint8Array): number => {
    const at = end;
    out.set(bytes, at);
    // Directories begin at even places.
    end += bytes.length + (bytes.length % 2);
    return at;
  };
  for (const image of images) {
    const strips: { at: number; bytes: number }[] = [];
    for (let row = 0; row < height; row += rowsPerStrip) {
      const raw = pixels(
        image.slice(row * width, (row + rowsPerStrip) * width),
        bits,
        littleEndian,
      );
      const bytes = deflate ? deflateSync(raw) : raw;
      strips.push({ at: place(bytes), bytes: bytes.length });
    }
    const list = (values: readonly number[]): number => {
      if (values.length === 1) return values[0]!;
      const bytes = new Uint8Array(values.length * 4);
      const listed = new DataView(bytes.buffer);
      for (const [i, value] of values.entries()) listed.setUint32(4 * i, value, littleEndian);
      return place(bytes);
    };
    const single = (value: number) => ({ value, count: 1 });
    const many = (values: readonly number[]) => ({ value: list(values), count: values.length });
    const fields: Record<number, { value: number; count: number }> = {
      256: single(width),
      257: single(height),
      258: single(bits),
      259: single(deflate ? 8 : 1),
      262: single(1),
      273: many(strips.map(({ at }) => at)),
      277: single(1),
      278: single(rowsPerStrip),
      279: many(strips.map(({ bytes }) => bytes)),
      339: single(bits > 16 ? 3 : 1),
    };
    for (const [tag, value] of Object.entries(options.tags ?? {}))
      fields[Number(tag)] = single(value);
    uint(link, word, end);
    const entries = Object.entries(fields);
    uint(end, big ? 8 : 2, entries.length);
    let at = end + (big ? 8 : 2);
    for (const [tag, { value, count }] of entries) {
      uint(at, 2, Number(tag));
      // LONG. In a BigTIFF two of them still stand in the entry itself, where their place would: no test has so few.
      uint(at + 2, 2, 4);
      uint(at + 4, word, count);
      uint(at + 4 + word, 4, value);
      if (big && count > 1) uint(at + 4 + word, 8, value);
      at += 4 + 2 * word;
    }
    link = at;
    end = at + word;
  }
  return new Uint8Array(out.subarray(0, end));
}

function pixels(values: readonly number[], bits: number, littleEndian: boolean): Uint8Array {
  const size = bits / 8;
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    if (size === 8) view.setFloat64(i * 8, value, littleEndian);
    else if (size === 4) view.setFloat32(i * 4, value, littleEndian);
    else if (size === 2) view.setUint16(i * 2, value, littleEndian);
    else view.setUint8(i, value);
  }
  return bytes;
}
