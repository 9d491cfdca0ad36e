// A direct method for small and medium problems: guess which unknowns are at their bound, solve for the others, correct the guess.
//
// Block principal pivoting (Júdice & Pires 1994, Comput. Oper. Res. 21:587; Kim & Park 2011, SIAM J. Sci. Comput. 33:3261), with
// a dense Cholesky factor that is kept while the guess stays the same, as it mostly does from frame to frame.
import type { SparseGram } from "./gram.ts";

/** From there on a factor costs more than the steps of the iteration that it saves. */
export const MOST_UNKNOWNS = 800;
const MOST_ROUNDS = 400;
/** Multiplications that may go into one problem: a second or so. */
const MOST_WORK = 1e9;
/** Rounds that may exchange all violators at once without fewer remaining. */
const PATIENCE = 10;
/** A pivot below this share of the (unit) diagonal: the columns are dependent, to rounding. */
const DEPENDENT = 1e-13;

/** Moves z to the minimum of ½ zᵀGz − cᵀz, z ≥ 0 where not free; false where it finds none, z then being of no use. */
export type PivotStart = (c: Float64Array, z: Float64Array) => boolean;

/** `matrix` has a unit diagonal, or 0 for dark columns. */
export function pivotStart(matrix: SparseGram, free: Uint8Array): PivotStart {
  const { size, starts, columns, values } = matrix;
  const rounds = Math.min(MOST_ROUNDS, Math.ceil((6 * MOST_WORK) / (size * size * size)));
  const open = new Uint8Array(size);
  const gradient = new Float64Array(size);
  let factored: { readonly members: Int32Array; readonly factor: Float64Array } | null = null;

  function solveOpen(c: Float64Array, z: Float64Array): boolean {
    const members = Int32Array.from([...open.keys()].filter((i) => open[i] === 1));
    const same =
      factored !== null &&
      factored.members.length === members.length &&
      factored.members.every((member, k) => member === members[k]);
    if (!same) {
      const factor = choleskyOf(matrix, members);
      if (factor === null) return false;
      factored = { members, factor };
    }
    z.fill(0);
    solveFactored(factored!.factor, members, c, z);
    return true;
  }

  function violators(c: Float64Array, z: Float64Array): number[] {
    const found: number[] = [];
    for (let i = 0; i < size; i++) {
      let sum = -c[i]!;
      for (let k = starts[i]!; k < starts[i + 1]!; k++) sum += values[k]! * z[columns[k]!]!;
      gradient[i] = sum;
    }
    let scale = 0;
    for (let i = 0; i < size; i++) scale = Math.max(scale, Math.abs(c[i]!));
    for (let i = 0; i < size; i++) {
      if (free[i] === 1) continue;
      if (open[i] === 1 ? z[i]! < 0 : gradient[i]! < -1e-10 * scale) found.push(i);
    }
    return found;
  }

  return (c, z) => {
    for (let i = 0; i < size; i++) {
      const dark = starts[i] === starts[i + 1] || !hasDiagonal(matrix, i);
      open[i] = !dark && (free[i] === 1 || z[i]! > 0) ? 1 : 0;
    }
    let fewest = Infinity;
    let patience = PATIENCE;
    for (let round = 0; round < rounds; round++) {
      if (!solveOpen(c, z)) return false;
      const wrong = violators(c, z);
      if (wrong.length === 0) return true;
      if (wrong.length < fewest) {
        fewest = wrong.length;
        patience = PATIENCE;
      } else {
        patience -= 1;
      }
      // All at once is fast; one at a time, the last one, cannot go round in circles.
      const exchanged = patience > 0 ? wrong : wrong.slice(-1);
      for (const i of exchanged) open[i] = 1 - open[i]!;
    }
    return false;
  };
}

function hasDiagonal({ starts, columns, values }: SparseGram, i: number): boolean {
  for (let k = starts[i]!; k < starts[i + 1]!; k++) if (columns[k] === i) return values[k]! > 0;
  return false;
}

/** The lower factor of the members' rows and columns, row-major; null where they are dependent. */
function choleskyOf(
  { size, starts, columns, values }: SparseGram,
  members: Int32Array,
): Float64Array | null {
  const order = members.length;
  const place = new Int32Array(size).fill(-1);
  for (let k = 0; k < order; k++) place[members[k]!] = k;
  const factor = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    const row = i * order;
    const member = members[i]!;
    for (let k = starts[member]!; k < starts[member + 1]!; k++) {
      const j = place[columns[k]!]!;
      if (j >= 0 && j <= i) factor[row + j] = values[k]!;
    }
    for (let j = 0; j <= i; j++) {
      const other = j * order;
      let left = factor[row + j]!;
      for (let k = 0; k < j; k++) left -= factor[row + k]! * factor[other + k]!;
      if (j < i) factor[row + j] = left / factor[other + j]!;
      else if (left > DEPENDENT) factor[row + i] = Math.sqrt(left);
      else return null;
    }
  }
  return factor;
}

/** z of the members from L Lᵀ z = c. */
function solveFactored(
  factor: Float64Array,
  members: Int32Array,
  c: Float64Array,
  z: Float64Array,
): void {
  const order = members.length;
  const x = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let left = c[members[i]!]!;
    for (let k = 0; k < i; k++) left -= factor[i * order + k]! * x[k]!;
    x[i] = left / factor[i * order + i]!;
  }
  for (let i = order - 1; i >= 0; i--) {
    const value = x[i]! / factor[i * order + i]!;
    x[i] = value;
    for (let k = 0; k < i; k++) x[k]! -= factor[i * order + k]! * value;
  }
  for (let i = 0; i < order; i++) z[members[i]!] = x[i]!;
}
