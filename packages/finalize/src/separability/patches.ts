// Inner products of patches with one another and with fields of the view, in loops that run over all cells and pixels.
import type { Footprint } from "@minisim/footprint";

/** The smallest part of a patch that has all pixels of at least this share of its peak. */
export function trimmed(patch: Footprint, share: number): Footprint {
  const { height, width, data } = patch;
  let peak = 0;
  for (let i = 0; i < data.length; i++) peak = Math.max(peak, data[i]!);
  const least = share * peak;
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x]! < least) continue;
      top = Math.min(top, y);
      bottom = y;
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  }
  if (bottom < 0) return { ...patch, height: 0, width: 0, data: new Float32Array(0) };
  const kept = new Float32Array((bottom - top + 1) * (right - left + 1));
  for (let y = top; y <= bottom; y++) {
    const line = data.subarray(y * width + left, y * width + right + 1);
    kept.set(line, (y - top) * line.length);
  }
  const [row, col] = [patch.row + top, patch.col + left];
  return { row, col, height: bottom - top + 1, width: right - left + 1, data: kept };
}

/** A patch's values times those of a field that is `stride` pixels wide. */
export function weighted(patch: Footprint, field: Float64Array, stride: number): Float64Array {
  const { row, col, height, width, data } = patch;
  const product = new Float64Array(data.length);
  for (let y = 0; y < height; y++) {
    const at = (row + y) * stride + col;
    for (let x = 0; x < width; x++) product[y * width + x] = data[y * width + x]! * field[at + x]!;
  }
  return product;
}

/** Σ patch · field. */
export function gathered(patch: Footprint, field: Float64Array, stride: number): number {
  const { row, col, height, width, data } = patch;
  let sum = 0;
  for (let y = 0; y < height; y++) {
    sum += lineProduct(data, y * width, field, (row + y) * stride + col, width);
  }
  return sum;
}

/** Σ image · other over the pixels that they share; the image lies where its patch does. */
export function overlap(patch: Footprint, image: Float64Array, other: Footprint): number {
  const top = Math.max(patch.row, other.row);
  const bottom = Math.min(patch.row + patch.height, other.row + other.height);
  const left = Math.max(patch.col, other.col);
  const width = Math.min(patch.col + patch.width, other.col + other.width) - left;
  let sum = 0;
  if (width <= 0) return sum;
  for (let y = top; y < bottom; y++) {
    const own = (y - patch.row) * patch.width + left - patch.col;
    const its = (y - other.row) * other.width + left - other.col;
    sum += lineProduct(other.data, its, image, own, width);
  }
  return sum;
}

/** Whether two patches share pixels. */
export const meets = (a: Footprint, b: Footprint): boolean =>
  a.row < b.row + b.height &&
  b.row < a.row + a.height &&
  a.col < b.col + b.width &&
  b.col < a.col + a.width;

/** Σ a[i + k] · b[j + k] for k below `length`. Four sums side by side: one would wait for itself at every term. */
export function lineProduct(
  a: Float32Array | Float64Array,
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
