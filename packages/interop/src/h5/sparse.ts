// Footprints kept as a sparse matrix of pixels × units, compressed by units, pixels numbered down the columns of the image
// (y + x · height): the form of CaImAn, and of MATLAB's sparse.
import type { Footprints } from "@minisim/metrics";
import { footprintsOfPixels } from "./patches.ts";
import type { H5Source } from "./source.ts";

export interface SparsePaths {
  readonly data: string;
  /** Pixel of each value. */
  readonly indices: string;
  /** Where each unit's values begin. */
  readonly indptr: string;
}

/** @throws InteropError "malformed" for a matrix that contradicts itself or the field of view. */
export function sparseFootprints(
  source: H5Source,
  paths: SparsePaths,
  canvas: { readonly height: number; readonly width: number },
): Footprints {
  const read = (path: string) => source.numbers(path, { dims: 1 }).data;
  const [weights, indices, starts] = [read(paths.data), read(paths.indices), read(paths.indptr)];
  if (indices.length !== weights.length) {
    const counts = `${indices.length} pixels for ${weights.length} values`;
    throw source.malformed(paths.indices, `has ${counts}`);
  }
  checkStarts(source, paths.indptr, starts, weights.length);
  const { height, width } = canvas;
  const ys = new Int32Array(indices.length);
  const xs = new Int32Array(indices.length);
  for (const [k, pixel] of indices.entries()) {
    if (!(Number.isInteger(pixel) && pixel >= 0 && pixel < height * width)) {
      const size = `${height * width} (${height} × ${width})`;
      throw source.malformed(paths.indices, `points to pixel ${pixel}, where there are ${size}`);
    }
    ys[k] = pixel % height;
    xs[k] = Math.floor(pixel / height);
  }
  return footprintsOfPixels({ starts, ys, xs, weights }, canvas);
}

/** Whether these divide `total` values: whole numbers that rise from 0. @throws InteropError "malformed". */
export function checkStarts(
  source: H5Source,
  at: string,
  starts: ArrayLike<number>,
  total: number,
): void {
  const rises = Array.from(starts).every(
    (start, i) => Number.isInteger(start) && (i === 0 ? start === 0 : start >= starts[i - 1]!),
  );
  if (rises && (starts[starts.length - 1] ?? 0) === total) return;
  throw source.malformed(at, `does not divide ${total} values`);
}

/** A field of view of whole numbers ≥ 1; pixels beyond this many are nobody's camera. */
const MOST_PIXELS = 1 << 28;

/** @throws InteropError "malformed" when these cannot be the height and width of an image. */
export function canvasOf(
  source: H5Source,
  at: string,
  [height, width]: ArrayLike<number> & Iterable<number>,
): { readonly height: number; readonly width: number } {
  const isSize = (size: unknown): size is number => Number.isInteger(size) && Number(size) >= 1;
  if (isSize(height) && isSize(width) && height * width <= MOST_PIXELS) return { height, width };
  throw source.malformed(at, `is no height and width of an image: ${height} × ${width}`);
}
