// The items of an ndarray in row-major order.
import type ndarray from "ndarray";
import { emptyArray, type TypedArrayOf } from "./dtype.ts";
import { product } from "./grid.ts";

type Kind = "bool" | "float32" | "float64";

/** The array's own memory where it already lies in order, a copy otherwise (a transposed or sliced view). */
export function rowMajor<K extends Kind>(
  kind: K,
  array: ndarray.NdArray<TypedArrayOf<K>>,
): TypedArrayOf<K> {
  const { data, shape, stride, offset } = array;
  const length = product(shape);
  if (isRowMajor(shape, stride)) return data.subarray(offset, offset + length) as TypedArrayOf<K>;
  const copy = emptyArray(kind, length);
  const at = shape.map(() => 0);
  for (let i = 0; i < length; i++) {
    copy[i] = data[at.reduce((sum, index, axis) => sum + index * stride[axis]!, offset)]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at[axis]!++;
      if (at[axis]! < shape[axis]!) break;
      at[axis] = 0;
    }
  }
  return copy;
}

function isRowMajor(shape: readonly number[], stride: readonly number[]): boolean {
  return stride.every((step, axis) => shape[axis] === 1 || step === product(shape.slice(axis + 1)));
}
