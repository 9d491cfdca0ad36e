// Inner products of images with one another.
import { innerProduct, meet } from "@minisim/footprint";
import type { Rectangle } from "./moved.ts";

/** A symmetric matrix, compressed by rows, the diagonal included; indices ascend. */
export interface SparseGram {
  readonly size: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Aᵀ A of the images as columns of A. Only images whose rectangles meet are multiplied. */
export function gramOf(images: readonly Rectangle[]): SparseGram {
  const size = images.length;
  const lower: { column: number; value: number }[][] = images.map(() => []);
  const counts = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      if (!meet(images[i]!, images[j]!)) continue;
      const value = innerProduct(images[i]!, images[j]!);
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
