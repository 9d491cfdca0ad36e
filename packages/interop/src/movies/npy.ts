// A movie that is one .npy array, in the order of C or of Fortran.
import type { FrameRange } from "@minisim/recording";
import { dataBytes } from "../npy/array.ts";
import { itemBytes, numbersOf } from "../npy/dtype.ts";
import { MOST_HEADER_BYTES, type NpyHeader, parseNpyHeader } from "../npy/header.ts";
import { readAt, withFile } from "../read-file.ts";
import { openRegular } from "../regular-file.ts";
import type { NumberType, Part, StoredMovie } from "./stored-movie.ts";

/** What is read at once where frames lie among each other. */
const SLAB_BYTES = 1 << 24;

const KINDS = { u: "uint", i: "int", f: "float" } as const;

export async function openNpyMovie(path: string): Promise<StoredMovie> {
  const header = await withFile(path, async (file, size) => {
    const start = await readAt(file, path, 0, Math.min(size, MOST_HEADER_BYTES + 12));
    const parsed = parseNpyHeader(start, path);
    dataBytes(parsed, size, path);
    return parsed;
  });
  const { shape, fortranOrder } = header;
  const slowest = fortranOrder ? shape.length - 1 : 0;
  return {
    place: path,
    shape,
    type: typeOf(header.descr),
    atOnce: (axis) => (axis === slowest ? 1 : shape[axis]!),
    parts: (axis, range) =>
      partsOf(path, header, slowest, axis === slowest ? range : { start: 0, end: shape[slowest]! }),
  };
}

function typeOf(descr: string): NumberType {
  const [kind, bytes] = [descr[1]!, Number(descr[2])];
  return kind === "b" ? "bool" : (`${KINDS[kind as keyof typeof KINDS]}${bytes * 8}` as NumberType);
}

/** Slabs of the axis whose index runs slowest. */
async function* partsOf(
  path: string,
  { descr, shape, fortranOrder, dataOffset }: NpyHeader,
  slowest: number,
  { start, end }: FrameRange,
): AsyncGenerator<Part> {
  const stride = stridesOf(shape, fortranOrder);
  const bytes = stride[slowest]! * itemBytes(descr, path);
  const step = Math.max(1, Math.floor(SLAB_BYTES / Math.max(1, bytes)));
  const { file } = await openRegular(path);
  try {
    for (let from = start; from < end; from += step) {
      const count = Math.min(step, end - from);
      const slab = await readAt(file, path, dataOffset + from * bytes, count * bytes);
      yield {
        origin: shape.map((_, axis) => (axis === slowest ? from : 0)),
        shape: shape.map((length, axis) => (axis === slowest ? count : length)),
        stride,
        data: numbersOf(descr, slab),
      };
    }
  } finally {
    await file.close();
  }
}

function stridesOf(shape: readonly number[], fortranOrder: boolean): number[] {
  return shape.map((_, axis) => {
    const faster = fortranOrder ? shape.slice(0, axis) : shape.slice(axis + 1);
    return faster.reduce((a, b) => a * b, 1);
  });
}
