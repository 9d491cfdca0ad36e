// Inner products of columns with one another, most of which are 0.

/** A symmetric matrix, compressed by rows, the diagonal included; indices ascend. */
export interface SparseGram {
  readonly size: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Of this size. @param product of two different columns or of one with itself, asked once for each pair */
export function sparseGram(size: number, product: (i: number, j: number) => number): SparseGram {
  const lower: { column: number; value: number }[][] = Array.from({ length: size }, () => []);
  const counts = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = product(i, j);
      if (value === 0 && i !== j) continue;
      lower[i]!.push({ column: j, value });
      counts[i + 1]! += 1;
      if (i !== j) counts[j + 1]! += 1;
    }
  }
  const starts = counts;
  for (let i = 0; i < size; i++) starts[i + 1]! += starts[i]!;
  const columns = new Int32Array(starts[size]!);
  const values = new Float64Array(starts[size]!);
  const next = starts.slice();
  const put = (row: number, column: number, value: number) => {
    columns[next[row]!] = column;
    values[next[row]!] = value;
    next[row]! += 1;
  };
  // Row by row: what a row gets from later ones has larger columns.
  for (let i = 0; i < size; i++) {
    for (const { column, value } of lower[i]!) {
      put(i, column, value);
      if (column !== i) put(column, i, value);
    }
  }
  return { size, starts, columns, values };
}

/** y = G x */
export function multiply(
  { size, starts, columns, values }: SparseGram,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) sum += values[k]! * x[columns[k]!]!;
    y[i] = sum;
  }
}
