// Inner products of light on one grid: of two rectangles of pixels, and of a rectangle with a whole image.
import { boxOf } from "./footprint.ts";
import { type Canvas, intersect } from "./geometry.ts";

/** `height` × `width` values, row-major, whose first pixel is (`row`, `col`). A footprint is one. */
export interface PixelRectangle extends Canvas {
  readonly row: number;
  readonly col: number;
  readonly data: Float32Array | Float64Array;
}

/** Whether two rectangles share pixels: as `intersect`, without making a rectangle. Of a thousand images most pairs do not. */
export const meet = (a: PixelRectangle, b: PixelRectangle): boolean =>
  Math.min(a.row + a.height, b.row + b.height) > Math.max(a.row, b.row) &&
  Math.min(a.col + a.width, b.col + b.width) > Math.max(a.col, b.col);

/** Over the pixels that two rectangles share. */
export function innerProduct(a: PixelRectangle, b: PixelRectangle): number {
  const shared = intersect(boxOf(a), boxOf(b));
  if (shared === null) return 0;
  const { top, left, height, width } = shared;
  let sum = 0;
  for (let y = top; y < top + height; y++) {
    const inA = (y - a.row) * a.width + left - a.col;
    const inB = (y - b.row) * b.width + left - b.col;
    sum += sumOfProducts(a.data, inA, b.data, inB, width);
  }
  return sum;
}

/** Of a rectangle with the image, `stride` pixels wide, that it lies on. */
export function innerProductWithImage(
  { row, col, height, width, data }: PixelRectangle,
  image: Float64Array,
  stride: number,
): number {
  let sum = 0;
  for (let y = 0; y < height; y++) {
    sum += sumOfProducts(data, y * width, image, (row + y) * stride + col, width);
  }
  return sum;
}

/** Σ a[i + k] · b[j + k] for k below `length`. Four sums side by side: one would wait for itself at every term. */
export function sumOfProducts(
  a: Float32Array | Float64Array,
  i: number,
  b: Float32Array | Float64Array,
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
