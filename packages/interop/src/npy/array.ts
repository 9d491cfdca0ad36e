// Whole .npy arrays in memory, to bytes and back.
import { markOf } from "@minisim/output/mark";
import { InteropError } from "../error.ts";
import { descrOf, itemBytes, type NpyData, numbersOf } from "./dtype.ts";
import { type NpyHeader, npyHeader, parseNpyHeader } from "./header.ts";

export interface NpyArray {
  readonly shape: readonly number[];
  /** Row-major. Booleans are 0 and 1 in a Uint8Array. */
  readonly data: NpyData;
}

/** `descr` overrides the type of the data: "|b1" for booleans. */
export function encodeNpy({ shape, data }: NpyArray, descr = descrOf(data)): Uint8Array {
  const header = npyHeader(descr, shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

/** @throws InteropError "malformed", its sentence beginning with `place`. */
export function decodeNpy(bytes: Uint8Array<ArrayBuffer>, place: string): NpyArray {
  const header = parseNpyHeader(bytes, place);
  const length = dataBytes(header, bytes.length, place);
  return arrayOf(header, bytes.subarray(header.dataOffset, header.dataOffset + length));
}

/** How many bytes the numbers are. @throws InteropError "malformed" where the file holds fewer or more. */
export function dataBytes(
  { descr, shape, dataOffset }: NpyHeader,
  total: number,
  place: string,
): number {
  const needed = shape.reduce((items, n) => items * n, itemBytes(descr, place));
  const there = total - dataOffset;
  // Our own movies end with a mark.
  if (there === needed || there === needed + markOf("npy").length) return needed;
  throw new InteropError(
    "malformed",
    `${place} has ${there} bytes of data, but its shape (${shape.join(", ")}) of ${descr} needs ${needed}.`,
  );
}

/** What a header describes, from the bytes behind it. */
export function arrayOf(
  { descr, shape, fortranOrder }: NpyHeader,
  bytes: Uint8Array<ArrayBuffer>,
): NpyArray {
  const data = numbersOf(descr, bytes);
  return { shape, data: fortranOrder && shape.length > 1 ? rowMajor(data, shape) : data };
}

/** From column-major, where the first index runs fastest. */
export function rowMajor<T extends NpyData | unknown[]>(data: T, shape: readonly number[]): T {
  const result = data.slice() as T;
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    result[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      index[axis]! += 1;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}
