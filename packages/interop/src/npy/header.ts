// The header of a .npy file: magic, version, and a Python dictionary of type, order and shape.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { InteropError } from "../error.ts";

export interface NpyHeader {
  /** Type as NumPy writes it: "<f4", "|u1", "|O"; "structured" for records. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the data begins. */
  readonly dataOffset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
// Data begins at a multiple of this.
const ALIGNMENT = 64;
/** No header that describes plain arrays is longer; enough bytes to read one from. */
export const MOST_HEADER_BYTES = 10_240;

export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

/** Version 1.0, as NumPy writes it, padded to 64 bytes. */
export function npyHeader(descr: string, shape: readonly number[]): Uint8Array {
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${lengths}), }`;
  const total = Math.ceil((10 + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set(MAGIC);
  bytes.set([1, 0], 6);
  new DataView(bytes.buffer).setUint16(8, total - 10, true);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[total - 1] = 0x0a;
  return bytes;
}

/**
 * Parses the header at the beginning of `bytes`. `place` begins the sentences of errors.
 * @throws InteropError "malformed" for anything but a header that NumPy writes.
 */
export function parseNpyHeader(bytes: Uint8Array, place: string): NpyHeader {
  const bad = (problem: string) => new InteropError("malformed", `${place} ${problem}.`);
  if (!isNpy(bytes)) throw bad("is no .npy array");
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) throw bad(`is a .npy array of an unknown version, ${version}`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw bad("ends within its header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MOST_HEADER_BYTES) throw bad(`claims a header of ${length} bytes`);
  if (start + length > bytes.length) throw bad("ends within its header");
  const text = new TextDecoder("latin1").decode(bytes.subarray(start, start + length));
  const entries = dictionary(text);
  if (!entries) throw bad("has a header that NumPy does not write");
  const { descr, order, lengths } = entries;
  const shape = lengths.map(Number);
  const items = shape.reduce((total, n) => total * n, 1);
  if (![...shape, items].every(Number.isSafeInteger)) throw bad("claims an impossible shape");
  return { descr, fortranOrder: order === "True", shape, dataOffset: start + length };
}

const ENTRIES = {
  descr: /'descr'\s*:\s*(?:'([^'\\]*)'|(\[[^{}]*\]))\s*(?:,|(?=\}))/,
  order: /'fortran_order'\s*:\s*(True|False)\s*(?:,|(?=\}))/,
  shape: /'shape'\s*:\s*\(([\d\sL,]*)\)\s*(?:,|(?=\}))/,
};

/** The three entries, in any order, and nothing else. */
function dictionary(text: string) {
  const descr = ENTRIES.descr.exec(text);
  const order = ENTRIES.order.exec(text);
  const shape = ENTRIES.shape.exec(text);
  if (!descr || !order || !shape) return undefined;
  const rest = [descr, order, shape].reduce((left, [match]) => left.replace(match, ""), text);
  const lengths = shape[1]!.split(",").map((part) => part.trim().replace(/L$/, ""));
  // A tuple may end in a comma.
  if (lengths.at(-1) === "") lengths.pop();
  if (!/^\{\s*\}\s*$/.test(rest) || !lengths.every((part) => /^\d+$/.test(part))) return undefined;
  return { descr: descr[1] ?? "structured", order: order[1]!, lengths };
}
