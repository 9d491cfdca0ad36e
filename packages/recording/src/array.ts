// Arrays at the public boundary are ndarrays: shape, stride, typed-array data, row-major.
import ndarray from "ndarray";

export type Float64NdArray = ndarray.NdArray<Float64Array>;
/** 0 or 1. */
export type BoolNdArray = ndarray.NdArray<Uint8Array>;
export type MovieNdArray = ndarray.NdArray<Float32Array> | ndarray.NdArray<Float64Array>;

export const nd = <T extends Float64Array | Float32Array | Uint8Array>(
  data: T,
  shape: readonly number[],
): ndarray.NdArray<T> => ndarray(data, [...shape]) as ndarray.NdArray<T>;

/** An array of which no more than a row exists at a time: computed when read. A row is all that one index of the first dimension holds. */
export interface ComputedRows {
  readonly shape: readonly number[];
  /** Writes one row into target, from index `at`. Flags are 0 and 1. */
  row(index: number, target: Float64Array, at: number): void;
  /** Works out what the first row would work out, in turns between which the thread serves others. */
  ready?(): Promise<void>;
}

export const isComputed = (value: unknown): value is ComputedRows =>
  typeof (value as ComputedRows | null)?.row === "function";

/** Rows [start, end) of a recipe, row-major. */
export function computeRows({ shape, row }: ComputedRows, start: number, end: number) {
  const length = shape.slice(1).reduce((a, b) => a * b, 1);
  const data = new Float64Array((end - start) * length);
  for (let index = start; index < end; index++) row(index, data, (index - start) * length);
  return data;
}

/** The rows `indices` of a row-major array whose first dimension is the unit. */
export function takeRows<T extends Float64Array | Uint8Array>(
  array: ndarray.NdArray<T>,
  indices: ArrayLike<number>,
): ndarray.NdArray<T> {
  const row = array.shape.slice(1).reduce((a, b) => a * b, 1);
  const data = new (array.data.constructor as new (length: number) => T)(indices.length * row);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * row;
    data.set(array.data.subarray(from, from + row), i * row);
  }
  return nd(data, [indices.length, ...array.shape.slice(1)]);
}

/** The items of an array in row-major order: its own memory where it lies so, a copy otherwise (a transposed or sliced view). */
export function rowMajor<T extends Float64Array | Float32Array | Uint8Array>(
  array: ndarray.NdArray<T>,
): T {
  const { data, shape, stride, offset } = array;
  const length = shape.reduce((a, b) => a * b, 1);
  if (isRowMajor(shape, stride)) return data.subarray(offset, offset + length) as T;
  const copy = new (data.constructor as new (length: number) => T)(length);
  const at = shape.map(() => 0);
  for (let i = 0; i < length; i++) {
    copy[i] = data[at.reduce((sum, index, axis) => sum + index * stride[axis]!, offset)]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at[axis]! += 1;
      if (at[axis]! < shape[axis]!) break;
      at[axis] = 0;
    }
  }
  return copy;
}

/** The pixels of a movie, frame by frame, row-major. */
export const moviePixels = (movie: MovieNdArray): Float32Array | Float64Array =>
  rowMajor(movie as ndarray.NdArray<Float32Array>);

function isRowMajor(shape: readonly number[], stride: readonly number[]): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && stride[axis] !== step) return false;
    step *= shape[axis]!;
  }
  return true;
}
