// How arrays are cut into chunks: along the first dimension only, so that a chunk is a run of whole frames or rows.
import { bytesPerItem, type Dtype } from "./dtype.ts";

export interface ArrayGrid {
  /** Path of the array in the store: "ground_truth/C". */
  readonly path: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Length of a chunk along the first dimension; 1 for an array without dimensions. */
  readonly chunkRows: number;
}

// 16 MiB: large enough that a file system's and a codec's cost per chunk do not show, small enough that a chunk under
// work on every thread stays far below the memory of a laptop, and that little is lost where a writer dies.
const MOST_CHUNK_BYTES = 16 * 1024 * 1024;

/**
 * The largest power of two of rows that fits 16 MiB (so more than 8 MiB unless there are fewer rows), at most all
 * `rows`, at least 1. A power of two, so that blocks of 2^k rendered frames never straddle two chunks.
 */
export function chunkRowsFor(rows: number, bytesPerRow: number): number {
  let chunk = 1;
  while (chunk < rows && chunk * 2 * bytesPerRow <= MOST_CHUNK_BYTES) chunk *= 2;
  return Math.max(1, Math.min(chunk, rows));
}

export const product = (lengths: readonly number[]): number =>
  lengths.reduce((total, length) => total * length, 1);

/** Items of one step along the first dimension. */
export const rowLength = ({ shape }: ArrayGrid): number => product(shape.slice(1));

export const rowBytes = (dtype: Dtype, shape: readonly number[]): number =>
  product(shape.slice(1)) * bytesPerItem(dtype);

/** Zarr wants chunks of at least 1 along every dimension, even where the array has none. */
export const chunkShape = ({ shape, chunkRows }: ArrayGrid): number[] =>
  shape.map((length, axis) => (axis === 0 ? chunkRows : Math.max(1, length)));

export const chunkBytes = (grid: ArrayGrid): number =>
  product(chunkShape(grid)) * bytesPerItem(grid.dtype);

export function chunkCount(grid: ArrayGrid): number {
  if (product(grid.shape) === 0) return 0;
  return grid.shape.length === 0 ? 1 : Math.ceil(grid.shape[0]! / grid.chunkRows);
}

export function chunkKey({ path, shape }: ArrayGrid, index: number): string {
  return [path, "c", ...shape.map((_, axis) => (axis === 0 ? index : 0))].join("/");
}

export const chunkKeys = (grid: ArrayGrid): string[] =>
  Array.from({ length: chunkCount(grid) }, (_, index) => chunkKey(grid, index));

/** First row of a chunk and the row after its last one inside the array. */
export function rowsOfChunk({ shape, chunkRows }: ArrayGrid, index: number): [number, number] {
  const start = index * chunkRows;
  return [start, Math.min(start + chunkRows, shape[0] ?? 1)];
}
