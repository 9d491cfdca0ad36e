// Whole chunks and whole arrays, to and from a storage.
import { decodeChunk, encodeChunk } from "./codec.ts";
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
export async function encodeRows(grid: ArrayGrid, rows: TypedArray): Promise<Uint8Array> {
  const bytes = bytesOf(rows);
  const full = chunkBytes(grid);
  if (bytes.length === full) return encodeChunk(bytes);
  const padded = new Uint8Array(full);
  padded.set(bytes);
  return encodeChunk(padded);
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

export async function writeArray(
  storage: Storage,
  grid: ArrayGrid,
  data: TypedArray,
): Promise<void> {
  const length = rowLength(grid);
  for (let index = 0; index < chunkCount(grid); index++) {
    const [start, end] = rowsOfChunk(grid, index);
    const rows = data.subarray(start * length, end * length);
    await storage.write(chunkKey(grid, index), await encodeRows(grid, rows));
  }
}

export async function readArray(storage: Storage, grid: ArrayGrid): Promise<TypedArray> {
  const data = emptyArray(grid.dtype, product(grid.shape));
  for (let index = 0; index < chunkCount(grid); index++) {
    data.set(await readRows(storage, grid, index), rowsOfChunk(grid, index)[0] * rowLength(grid));
  }
  return data;
}
