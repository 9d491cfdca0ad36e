// Symmetric positive definite matrices of which each row has its nonzeros from some column on: their envelope. A Cholesky factor has the same envelope.
// George & Liu 1981, Computer Solution of Large Sparse Positive Definite Systems; the inverse within the envelope: Takahashi, Fagan & Chen 1973.

/** The lower triangle; row i holds columns first[i] … i, one row after the other. */
export interface EnvelopeMatrix {
  readonly first: Int32Array;
  /** Where row i's column 0 would be: entry (i, j) is values[origin[i] + j]. */
  readonly origin: Int32Array;
  readonly values: Float64Array;
}

/** A matrix of zeros with this envelope; first[i] ≤ i. */
export function envelopeMatrix(first: Int32Array): EnvelopeMatrix {
  const origin = new Int32Array(first.length);
  let length = 0;
  for (let i = 0; i < first.length; i++) {
    origin[i] = length - first[i]!;
    length += i - first[i]! + 1;
  }
  return { first, origin, values: new Float64Array(length) };
}

/**
 * The diagonal of the inverse, from a Cholesky factor that replaces the values.
 * @throws RangeError where the matrix is not positive definite to rounding
 */
export function inverseDiagonal(matrix: EnvelopeMatrix): Float64Array {
  factorize(matrix);
  return diagonalOfInverse(matrix);
}

/**
 * A = L Lᵀ, L in place of A.
 * @throws RangeError where the matrix is not positive definite to rounding
 */
export function factorize({ first, origin, values }: EnvelopeMatrix): void {
  for (let i = 0; i < first.length; i++) {
    const row = origin[i]!;
    for (let j = first[i]!; j <= i; j++) {
      const other = origin[j]!;
      let left = values[row + j]!;
      for (let k = Math.max(first[i]!, first[j]!); k < j; k++) {
        left -= values[row + k]! * values[other + k]!;
      }
      if (j < i) values[row + j] = left / values[other + j]!;
      else if (left > 0) values[row + i] = Math.sqrt(left);
      else throw new RangeError(`The matrix is not positive definite: row ${i} depends on others.`);
    }
  }
}

/** x becomes A⁻¹ x, A = L Lᵀ. */
export function solveFactored({ first, origin, values }: EnvelopeMatrix, x: Float64Array): void {
  for (let i = 0; i < first.length; i++) {
    const row = origin[i]!;
    let left = x[i]!;
    for (let k = first[i]!; k < i; k++) left -= values[row + k]! * x[k]!;
    x[i] = left / values[row + i]!;
  }
  for (let i = first.length - 1; i >= 0; i--) {
    const row = origin[i]!;
    const value = x[i]! / values[row + i]!;
    x[i] = value;
    for (let k = first[i]!; k < i; k++) x[k]! -= values[row + k]! * value;
  }
}

/**
 * Z = A⁻¹ from L, column by column from the last one, with z_ij = (δ_ij / l_jj − Σ_{k > j} l_kj z_ki) / l_jj for i ≥ j. Of Z it needs
 * only what lies in the envelope.
 */
function diagonalOfInverse({ first, origin, values }: EnvelopeMatrix): Float64Array {
  const size = first.length;
  const inverse = new Float64Array(values.length);
  const rows = new Int32Array(size);
  const below = new Float64Array(size);
  for (let j = size - 1; j >= 0; j--) {
    let count = 0;
    for (let k = j + 1; k < size; k++) {
      if (first[k]! > j) continue;
      rows[count] = k;
      below[count] = values[origin[k]! + j]!;
      count += 1;
    }
    const pivot = values[origin[j]! + j]!;
    let own = 1 / pivot;
    for (let a = 0; a < count; a++) {
      const i = rows[a]!;
      const inRow = origin[i]!;
      let sum = 0;
      for (let b = 0; b <= a; b++) sum += below[b]! * inverse[inRow + rows[b]!]!;
      for (let b = a + 1; b < count; b++) sum += below[b]! * inverse[origin[rows[b]!]! + i]!;
      inverse[inRow + j] = -sum / pivot;
      own += below[a]! * (sum / pivot);
    }
    inverse[origin[j]! + j] = own / pivot;
  }
  return Float64Array.from(first, (_, i) => inverse[origin[i]! + i]!);
}
