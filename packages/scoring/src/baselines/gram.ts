// Inner products of images: with one another, and with a frame.
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

function innerProduct(a: Rectangle, b: Rectangle): number {
  const top = Math.max(a.row, b.row);
  const bottom = Math.min(a.row + a.height, b.row + b.height);
  const left = Math.max(a.col, b.col);
  const width = Math.min(a.col + a.width, b.col + b.width) - left;
  if (bottom <= top || width <= 0) return 0;
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    const inA = (y - a.row) * a.width + left - a.col;
    const inB = (y - b.row) * b.width + left - b.col;
    sum += lineProduct(a.data, inA, b.data, inB, width);
  }
  return sum;
}

/** Σ a[i + k] · b[j + k] for k below `length`. Four sums side by side: one would wait for itself at every term. */
function lineProduct(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  length: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[i + k]! * b[j + k]!;
    s1 += a[i + k + 1]! * b[j + k + 1]!;
    s2 += a[i + k + 2]! * b[j + k + 2]!;
    s3 += a[i + k + 3]! * b[j + k + 3]!;
  }
  for (; k < length; k++) s0 += a[i + k]! * b[j + k]!;
  return s0 + s1 + (s2 + s3);
}

/** Aᵀ y: writes the inner product of each image with the frame, `stride` pixels wide. */
export function project(
  images: readonly Rectangle[],
  frame: Float64Array,
  stride: number,
  target: Float64Array,
): void {
  for (let i = 0; i < images.length; i++) {
    const { row, col, height, width, data } = images[i]!;
    let sum = 0;
    for (let y = 0; y < height; y++) {
      sum += lineProduct(data, y * width, frame, (row + y) * stride + col, width);
    }
    target[i] = sum;
  }
}
