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

/** A unit × frame matrix of which no more than a row exists at a time: computed when read. */
export interface ComputedRows {
  readonly shape: readonly [number, number];
  /** Writes one row into target, from index `at`. */
  row(unit: number, target: Float64Array, at: number): void;
}

export const isComputed = (value: unknown): value is ComputedRows =>
  typeof (value as ComputedRows | null)?.row === "function";

/** All rows of a computed matrix. */
export function materialize({ shape, row }: ComputedRows): Float64NdArray {
  const [units, frames] = shape;
  const data = new Float64Array(units * frames);
  for (let unit = 0; unit < units; unit++) row(unit, data, unit * frames);
  return nd(data, shape);
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
