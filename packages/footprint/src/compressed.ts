// Compressed sparse views of a stack, laid out as scipy.sparse expects them.
import type { Footprint } from "./footprint.ts";
import type { Canvas } from "./geometry.ts";

/** What the views need of a stack. */
interface Patches {
  readonly canvas: Canvas;
  readonly length: number;
  readonly data: Float32Array;
  at(index: number): Footprint;
}

/**
 * A sparse matrix of n rows (units) and height · width columns (pixels, y · width + x). CSR: `indptr` runs over rows and
 * `indices` are columns; CSC: the other way round. Indices ascend within each run; zeros are not stored.
 */
export interface CompressedMatrix {
  readonly shape: readonly [rows: number, columns: number];
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: Float32Array;
}

/** Compressed by rows: one run per unit. */
export function stackToCsr(stack: Patches): CompressedMatrix {
  const indptr = new Int32Array(stack.length + 1);
  const stored = countNonZero(stack.data);
  const indices = new Int32Array(stored);
  const data = new Float32Array(stored);
  let next = 0;
  forEachPixel(stack, (unit, pixel, value) => {
    indices[next] = pixel;
    data[next] = value;
    next += 1;
    indptr[unit + 1] = next;
  });
  // A unit without pixels ends where the one before it ended.
  for (let unit = 1; unit <= stack.length; unit++) {
    indptr[unit] = Math.max(indptr[unit]!, indptr[unit - 1]!);
  }
  return { shape: shapeOf(stack), indptr, indices, data };
}

/** Compressed by columns: one run per pixel of the canvas. */
export function stackToCsc(stack: Patches): CompressedMatrix {
  const shape = shapeOf(stack);
  const indptr = new Int32Array(shape[1] + 1);
  forEachPixel(stack, (_unit, pixel) => {
    indptr[pixel + 1] = indptr[pixel + 1]! + 1;
  });
  for (let pixel = 0; pixel < shape[1]; pixel++) {
    indptr[pixel + 1] = indptr[pixel + 1]! + indptr[pixel]!;
  }
  const stored = indptr[shape[1]]!;
  const indices = new Int32Array(stored);
  const data = new Float32Array(stored);
  const next = indptr.slice();
  forEachPixel(stack, (unit, pixel, value) => {
    const slot = next[pixel]!;
    indices[slot] = unit;
    data[slot] = value;
    next[pixel] = slot + 1;
  });
  return { shape, indptr, indices, data };
}

function shapeOf({ length, canvas }: Patches): [number, number] {
  return [length, canvas.height * canvas.width];
}

function countNonZero(data: Float32Array): number {
  let count = 0;
  for (const value of data) if (value !== 0) count += 1;
  return count;
}

/** Visits the non-zero pixels, unit by unit, pixels ascending. */
function forEachPixel(
  stack: Patches,
  visit: (unit: number, pixel: number, value: number) => void,
): void {
  for (let unit = 0; unit < stack.length; unit++) {
    const { row, col, height, width, data } = stack.at(unit);
    for (let y = 0; y < height; y++) {
      const pixel = (row + y) * stack.canvas.width + col;
      for (let x = 0; x < width; x++) {
        const value = data[y * width + x]!;
        if (value !== 0) visit(unit, pixel + x, value);
      }
    }
  }
}
