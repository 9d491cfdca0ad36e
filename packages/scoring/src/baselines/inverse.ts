// The inverse of a sparse matrix, from one factor of it: about, since a ridge makes it definite.
import {
  type EnvelopeMatrix,
  envelopeMatrix,
  factorize,
  solveFactored,
} from "@minisim/kernels/envelope";
import type { SparseGram } from "./gram.ts";

export interface Inverse {
  /** Replaces a vector by the inverse times it. */
  apply(vector: Float64Array): void;
  /** A column of the inverse; computed once. */
  column(i: number): Float64Array;
}

/** Makes the matrix definite where columns depend on each other: who uses the inverse corrects for it. */
const RIDGE = 1e-9;

/** @param matrix of a unit diagonal, or 0 for dark columns. Null where it is not definite in spite of the ridge. */
export function inverseOf(matrix: SparseGram, order: Int32Array): Inverse | null {
  const factor = inOrder(matrix, order);
  try {
    factorize(factor);
  } catch {
    return null;
  }
  const { size } = matrix;
  const sorted = new Float64Array(size);
  const apply = (vector: Float64Array) => {
    for (let k = 0; k < size; k++) sorted[k] = vector[order[k]!]!;
    solveFactored(factor, sorted);
    for (let k = 0; k < size; k++) vector[order[k]!] = sorted[k]!;
  };
  const columns: (Float64Array | undefined)[] = [];
  return {
    apply,
    column(i) {
      columns[i] ??= columnOf(i);
      return columns[i];
    },
  };

  function columnOf(i: number): Float64Array {
    const column = new Float64Array(size);
    column[i] = 1;
    apply(column);
    return column;
  }
}

function inOrder({ starts, columns, values }: SparseGram, order: Int32Array): EnvelopeMatrix {
  const place = new Int32Array(order.length);
  for (const [k, i] of order.entries()) place[i] = k;
  const first = Int32Array.from(order, (i, k) => {
    let least = k;
    for (let at = starts[i]!; at < starts[i + 1]!; at++)
      least = Math.min(least, place[columns[at]!]!);
    return least;
  });
  const matrix = envelopeMatrix(first);
  for (const [k, i] of order.entries()) {
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const j = place[columns[at]!]!;
      if (j < k) matrix.values[matrix.origin[k]! + j] = values[at]!;
    }
    matrix.values[matrix.origin[k]! + k] = 1 + RIDGE;
  }
  return matrix;
}
