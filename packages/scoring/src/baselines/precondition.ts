// A factor of a whole sparse matrix, as a preconditioner.
import {
  type EnvelopeMatrix,
  envelopeMatrix,
  factorize,
  solveFactored,
} from "@minisim/kernels/envelope";
import type { SparseGram } from "./gram.ts";

/** Replaces a vector by the matrix' inverse times it, about. */
export type Precondition = (vector: Float64Array) => void;

/** Makes the matrix definite where columns depend on each other: a preconditioner need not be exact. */
const RIDGE = 1e-9;

/** @param matrix of a unit diagonal, or 0 for dark columns. Null where it is not definite in spite of the ridge. */
export function preconditionBy(matrix: SparseGram, order: Int32Array): Precondition | null {
  const factor = inOrder(matrix, order);
  try {
    factorize(factor);
  } catch {
    return null;
  }
  const sorted = new Float64Array(matrix.size);
  return (vector) => {
    for (let k = 0; k < sorted.length; k++) sorted[k] = vector[order[k]!]!;
    solveFactored(factor, sorted);
    for (let k = 0; k < sorted.length; k++) vector[order[k]!] = sorted[k]!;
  };
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
