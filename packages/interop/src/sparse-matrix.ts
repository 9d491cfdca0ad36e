// Footprints as a sparse matrix of units × pixels or pixels × units, in the three forms of scipy.sparse that are saved.
import type { InteropError } from "./error.ts";
import type { FlatFootprints } from "./pixel-order.ts";

type Numbers = ArrayLike<number>;

export type SparseMatrix =
  | {
      /** Compressed by rows or by columns. */
      readonly format: "csr" | "csc";
      readonly data: Numbers;
      readonly indices: Numbers;
      readonly indptr: Numbers;
    }
  | {
      readonly format: "coo";
      readonly data: Numbers;
      readonly row: Numbers;
      readonly col: Numbers;
    };

/** Makes the error about a member of the matrix, such as `indices`; `problem` ends its sentence. */
export type Fault = (member: string, problem: string) => InteropError;

/** @throws what `fault` makes of a matrix that contradicts itself. */
export function flatFootprints(
  matrix: SparseMatrix,
  shape: readonly [rows: number, columns: number],
  unitAxis: 0 | 1,
  fault: Fault,
): FlatFootprints {
  const [units, pixels] = unitAxis === 0 ? shape : [shape[1], shape[0]];
  if (matrix.format === "coo") {
    const { row, col, data } = matrix;
    const [unitName, pixelName] = unitAxis === 0 ? ["row", "col"] : ["col", "row"];
    const [unitOf, pixelOf] = unitAxis === 0 ? [row, col] : [col, row];
    checkIndices(unitOf, data.length, units, unitName!, fault);
    checkIndices(pixelOf, data.length, pixels, pixelName!, fault);
    return sortedByUnit(unitOf, pixelOf, data, units);
  }
  const { format, data, indices, indptr } = matrix;
  const isByUnits = (format === "csr") === (unitAxis === 0);
  checkStarts(indptr, isByUnits ? units : pixels, data.length, fault);
  checkIndices(indices, data.length, isByUnits ? pixels : units, "indices", fault);
  if (isByUnits) return { starts: indptr, pixels: indices, weights: data };
  const pixelOf = new Int32Array(data.length);
  for (let pixel = 0; pixel < pixels; pixel++)
    pixelOf.fill(pixel, indptr[pixel], indptr[pixel + 1]);
  return sortedByUnit(indices, pixelOf, data, units);
}

function sortedByUnit(
  unitOf: Numbers,
  pixelOf: Numbers,
  data: Numbers,
  units: number,
): FlatFootprints {
  const starts = new Int32Array(units + 1);
  for (let k = 0; k < data.length; k++) starts[unitOf[k]! + 1]! += 1;
  for (let unit = 0; unit < units; unit++) starts[unit + 1]! += starts[unit]!;
  const next = starts.slice();
  const pixels = new Int32Array(data.length);
  const weights = new Float64Array(data.length);
  for (let k = 0; k < data.length; k++) {
    const to = next[unitOf[k]!]!++;
    pixels[to] = pixelOf[k]!;
    weights[to] = data[k]!;
  }
  return { starts, pixels, weights };
}

function checkIndices(
  indices: Numbers,
  values: number,
  most: number,
  member: string,
  fault: Fault,
): void {
  if (indices.length !== values) {
    throw fault(member, `has ${indices.length} places for ${values} values`);
  }
  for (let k = 0; k < indices.length; k++) {
    const index = indices[k]!;
    if (Number.isInteger(index) && index >= 0 && index < most) continue;
    throw fault(member, `points to ${index}, where there are ${most}`);
  }
}

/** `indptr`: whole numbers that rise from 0 to the number of values. */
function checkStarts(starts: Numbers, parts: number, values: number, fault: Fault): void {
  if (starts.length !== parts + 1) {
    throw fault("indptr", `has ${starts.length} entries, where ${parts + 1} are needed`);
  }
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i]!;
    const rises = i === 0 ? start === 0 : start >= starts[i - 1]!;
    if (!Number.isInteger(start) || !rises)
      throw fault("indptr", `does not divide ${values} values`);
  }
  if (starts[parts] !== values) throw fault("indptr", `does not divide ${values} values`);
}
