// Chunks and arrays, to and from a storage.
import type { Allocate } from "./allocate.ts";
import { checkChecksum, decodeChunk, encodeChunk } from "./codec.ts";
import { bytesOf, emptyArray, itemsOf, type TypedArray } from "./dtype.ts";
import { partError } from "./error.ts";
import {
  type ArrayGrid,
  chunkBytes,
  chunkCount,
  chunkKey,
  product,
  rowLength,
  rowsOfChunk,
} from "./grid.ts";
import type { Storage } from "./storage.ts";

/** Encodes the rows of a chunk; the last chunk is padded with zeros to the full shape, as Zarr demands. */
export async function encodeRows(
  grid: ArrayGrid,
  rows: TypedArray,
  allocate?: Allocate,
): Promise<Uint8Array> {
  const bytes = bytesOf(rows);
  const full = chunkBytes(grid);
  if (bytes.length === full) return encodeChunk(bytes, allocate);
  const padded = new Uint8Array(full);
  padded.set(bytes);
  return encodeChunk(padded, allocate);
}

/** The rows of a chunk, without padding. */
export async function readRows(
  storage: Storage,
  grid: ArrayGrid,
  index: number,
): Promise<TypedArray> {
  const key = chunkKey(grid, index);
  const chunk = await storage.read(key);
  if (!chunk) throw partError("missing", key, "is missing");
  const items = itemsOf(grid.dtype, await decodeChunk(key, chunk, chunkBytes(grid)));
  const [start, end] = rowsOfChunk(grid, index);
  return items.subarray(0, (end - start) * rowLength(grid));
}

/** Items of the rows start … end − 1, row-major. */
export type RowReader = (start: number, end: number) => TypedArray;

/** Writes the chunks of the given numbers, with the rows of one of them in memory at a time. */
export async function writeRows(
  storage: Storage,
  grid: ArrayGrid,
  indices: Iterable<number>,
  rows: RowReader,
): Promise<void> {
  for (const index of indices) {
    const chunk = await encodeRows(grid, rows(...rowsOfChunk(grid, index)));
    await storage.write(chunkKey(grid, index), chunk);
  }
}

export const allChunks = (grid: ArrayGrid): number[] =>
  Array.from({ length: chunkCount(grid) }, (_, index) => index);

/** Those of the chunks that are not in the storage or not whole. */
export async function missingChunks(
  storage: Storage,
  grid: ArrayGrid,
  indices: readonly number[] = allChunks(grid),
): Promise<number[]> {
  const missing: number[] = [];
  for (const index of indices) {
    const key = chunkKey(grid, index);
    const chunk = await storage.read(key);
    if (!chunk || !isWhole(key, chunk)) missing.push(index);
  }
  return missing;
}

function isWhole(key: string, chunk: Uint8Array): boolean {
  try {
    checkChecksum(key, chunk);
    return true;
  } catch {
    return false;
  }
}

export async function readArray(storage: Storage, grid: ArrayGrid): Promise<TypedArray> {
  const data = emptyArray(grid.dtype, product(grid.shape));
  for (let index = 0; index < chunkCount(grid); index++) {
    data.set(await readRows(storage, grid, index), rowsOfChunk(grid, index)[0] * rowLength(grid));
  }
  return data;
}
