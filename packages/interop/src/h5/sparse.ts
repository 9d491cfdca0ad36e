// Footprints kept as a sparse matrix in a group: data, indices, indptr, shape, as CaImAn and scipy's users save it, or as MATLAB does.
import type { Footprints } from "@minisim/scoring";
import { stackOf } from "../image-footprints.ts";
import { patchesOf } from "../pixel-order.ts";
import type { Field } from "../reading.ts";
import { type Fault, flatFootprints, type SparseMatrix } from "../sparse-matrix.ts";
import type { H5Source } from "./source.ts";

export interface SparsePaths {
  readonly data: string;
  /** Row or column of each value. */
  readonly indices: string;
  /** Where each column's, or row's, values begin. */
  readonly indptr: string;
}

/**
 * The matrix, compressed by rows or by columns as the number of its starts says, by columns where both fit.
 * @throws InteropError "malformed" for one that has more values than places.
 */
export function sparseMatrix(
  source: H5Source,
  paths: SparsePaths,
  [rows, columns]: readonly [number, number],
): SparseMatrix {
  const lengthOf = (path: string) => source.shapeOf(path, { dims: 1 })[0]!;
  const starts = lengthOf(paths.indptr) - 1;
  const values = lengthOf(paths.data);
  if (values > rows * columns) {
    throw source.malformed(paths.data, `has ${values} values for ${rows} × ${columns} places`);
  }
  const read = (path: string) => source.numbers(path, { dims: 1 }).data;
  return {
    format: starts === columns || starts !== rows ? "csc" : "csr",
    data: read(paths.data),
    indices: read(paths.indices),
    indptr: read(paths.indptr),
  };
}

/** Errors about the parts of a matrix, by their paths. */
export const faultOf =
  (source: H5Source, paths: SparsePaths): Fault =>
  (member, problem) =>
    source.malformed(paths[member as keyof SparsePaths], problem);

/** Pixels × units or units × pixels, the pixels numbered down the columns (y + x · height). */
export function sparseFootprints(
  source: H5Source,
  paths: SparsePaths,
  shape: readonly [number, number],
  unitAxis: 0 | 1,
  field: Field,
): Footprints {
  const matrix = sparseMatrix(source, paths, shape);
  const flat = flatFootprints(matrix, shape, unitAxis, faultOf(source, paths));
  return stackOf(field, patchesOf(flat, field, "F"));
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
): Field {
  const isSize = (size: unknown): size is number => Number.isInteger(size) && Number(size) >= 1;
  if (isSize(height) && isSize(width) && height * width <= MOST_PIXELS) return { height, width };
  throw source.malformed(at, `is no height and width of an image: ${height} × ${width}`);
}
