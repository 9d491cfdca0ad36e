// Zarr arrays of format 2, written by hand: one chunk, stored as its bytes are.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface HandmadeArray {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** The chunk as it shall be on disk. */
  readonly bytes: Uint8Array;
  readonly dims?: readonly string[];
  readonly compressor?: Record<string, unknown> | null;
}

export async function writeZarr(
  folder: string,
  { shape, dtype, bytes, dims, compressor = null }: HandmadeArray,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const metadata = {
    zarr_format: 2,
    shape,
    chunks: shape.map((size) => Math.max(1, size)),
    dtype,
    compressor,
    fill_value: 0,
    filters: null,
    order: "C",
  };
  await writeFile(join(folder, ".zarray"), JSON.stringify(metadata));
  if (dims) await writeFile(join(folder, ".zattrs"), JSON.stringify({ _ARRAY_DIMENSIONS: dims }));
  await writeFile(join(folder, shape.map(() => 0).join(".")), bytes);
}

/** Of float64, as this machine stores them: little-endian. */
export const float64 = (values: readonly number[]) =>
  new Uint8Array(Float64Array.from(values).buffer);
