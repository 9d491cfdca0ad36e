// A direct method for non-negative least squares: the minimum without bounds, from one factor of the whole matrix, and then a guess of the
// unknowns that are at their bound, which is corrected until it is right.
//
// Block principal pivoting (Júdice & Pires 1994, Comput. Oper. Res. 21:587; Kim & Park 2011, SIAM J. Sci. Comput. 33:3261). With z = 0 on the
// set B, z = G⁻¹(c + λ) where λ is 0 off B and solves (G⁻¹)_BB λ_B = −(G⁻¹c)_B: only columns of G⁻¹ are needed, which are the same for all
// problems of one matrix and are kept.
import type { Inverse } from "./inverse.ts";

/** Of unknowns at their bound; from there on a guess costs more than the steps of the iteration that it saves. */
const MOST_BOUND = 500;
const MOST_ROUNDS = 100;
/** Rounds that may exchange all violators at once without fewer remaining. */
const PATIENCE = 10;
/** Below this share of the largest value, a sign is rounding. */
const ROUNDING = 1e-12;

/** Sets z to the minimum of ½ zᵀGz − cᵀz, z ≥ 0 where not free, about; false where it finds none, z then being of no use. */
export type DirectStart = (c: Float64Array, z: Float64Array) => boolean;

export function directStart(inverse: Inverse, free: Uint8Array): DirectStart {
  const size = free.length;
  const unbounded = new Float64Array(size);
  const atBound = new Uint8Array(size);

  /** z for the set, and the gradients there; null where its columns depend on each other, to rounding. */
  function solveFor(set: readonly number[], z: Float64Array): Float64Array | null {
    const columns = set.map((i) => inverse.column(i));
    const factor = lowerFactor(set, columns);
    if (!factor) return null;
    const gradients = solveLower(
      factor,
      set.map((i) => -unbounded[i]!),
    );
    z.set(unbounded);
    for (const [k, column] of columns.entries()) {
      const gradient = gradients[k]!;
      for (let i = 0; i < size; i++) z[i]! += gradient * column[i]!;
    }
    for (const i of set) z[i] = 0;
    return gradients;
  }

  return (c, z) => {
    unbounded.set(c);
    inverse.apply(unbounded);
    for (let i = 0; i < size; i++) atBound[i] = free[i] === 0 && unbounded[i]! < 0 ? 1 : 0;
    const [least, steepest] = [unbounded, c].map((vector) => -ROUNDING * largestOf(vector));
    let fewest = Infinity;
    let patience = PATIENCE;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const set: number[] = [];
      for (let i = 0; i < size; i++) if (atBound[i] === 1) set.push(i);
      if (set.length > MOST_BOUND) return false;
      const gradients = solveFor(set, z);
      if (!gradients) return false;
      const wrong = set.filter((_, k) => gradients[k]! < steepest!);
      for (let i = 0; i < size; i++) {
        if (free[i] === 0 && atBound[i] === 0 && z[i]! < least!) wrong.push(i);
      }
      if (wrong.length === 0) return true;
      if (wrong.length < fewest) {
        fewest = wrong.length;
        patience = PATIENCE;
      } else {
        patience -= 1;
      }
      // All at once is fast; one at a time, the last one, cannot go round in circles.
      const exchanged = patience > 0 ? wrong : [Math.max(...wrong)];
      for (const i of exchanged) atBound[i] = 1 - atBound[i]!;
    }
    return false;
  };
}

function largestOf(vector: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i]!));
  return largest;
}

/** The Cholesky factor, row-major, of the columns' rows of the set. */
function lowerFactor(
  set: readonly number[],
  columns: readonly Float64Array[],
): Float64Array | null {
  const order = set.length;
  const factor = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    const row = i * order;
    for (let j = 0; j <= i; j++) {
      const other = j * order;
      let left = columns[j]![set[i]!]!;
      for (let k = 0; k < j; k++) left -= factor[row + k]! * factor[other + k]!;
      if (j < i) factor[row + j] = left / factor[other + j]!;
      else if (left > 0) factor[row + i] = Math.sqrt(left);
      else return null;
    }
  }
  return factor;
}

/** x of L Lᵀ x = right. */
function solveLower(factor: Float64Array, right: readonly number[]): Float64Array {
  const order = right.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * order + k]! * x[k]!;
    x[i]! /= factor[i * order + i]!;
  }
  for (let i = order - 1; i >= 0; i--) {
    x[i]! /= factor[i * order + i]!;
    for (let k = 0; k < i; k++) x[k]! -= factor[i * order + k]! * x[i]!;
  }
  return x;
}
