// NumPy's types of numbers as typed arrays, and back. Everything else is refused: object arrays above all, whose data is a
// program for Python's pickle.
import { InteropError } from "../error.ts";

export type NpyData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

type Constructor = new (buffer: ArrayBuffer, byteOffset: number, length: number) => NpyData;

const TYPES: Readonly<Record<string, Constructor>> = {
  b1: Uint8Array,
  u1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  u8: BigUint64Array,
  i8: BigInt64Array,
  f4: Float32Array,
  f8: Float64Array,
};

/** How NumPy calls the type of a typed array; "|b1" is for the caller to say. */
export function descrOf(data: NpyData): string {
  const [code] = Object.entries(TYPES).find(
    ([code, Type]) => code !== "b1" && data instanceof Type,
  )!;
  return `${code.endsWith("1") ? "|" : "<"}${code}`;
}

/** @throws InteropError "malformed" for a type that holds no numbers. */
export function itemBytes(descr: string, place: string): number {
  const code = descr.slice(1);
  if (/^[|<>=]$/.test(descr[0] ?? "") && (code in TYPES || code === "f2")) return Number(code[1]);
  const what = code.startsWith("O")
    ? "holds Python objects, which are programs and are not run"
    : `is of the type ${descr}, which holds no plain numbers`;
  throw new InteropError("malformed", `${place} ${what}.`);
}

/** The numbers in a buffer that holds exactly them; 16-bit floats become 32-bit ones. */
export function numbersOf(descr: string, bytes: Uint8Array<ArrayBuffer>): NpyData {
  const code = descr.slice(1);
  const size = Number(code[1]);
  // Typed arrays begin at multiples of their items.
  const own = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  if (descr.startsWith(">") && size > 1) swapBytes(own, size);
  if (code === "f2") {
    return Float32Array.from(new Uint16Array(own.buffer, own.byteOffset, own.length / 2), fromHalf);
  }
  return new TYPES[code]!(own.buffer, own.byteOffset, own.length / size);
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** IEEE 754 binary16. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
