// The data types of a store and the typed arrays that hold them.

const ARRAYS = {
  bool: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export type Dtype = keyof typeof ARRAYS;
export const DTYPES = Object.keys(ARRAYS) as [Dtype, ...Dtype[]];
interface Arrays {
  bool: Uint8Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  int32: Int32Array;
  float32: Float32Array;
  float64: Float64Array;
}
export type TypedArrayOf<D extends Dtype> = Arrays[D];
export type TypedArray = TypedArrayOf<Dtype>;

export const bytesPerItem = (dtype: Dtype): number => ARRAYS[dtype].BYTES_PER_ELEMENT;
export const isSingleByte = (dtype: Dtype): boolean => bytesPerItem(dtype) === 1;

export function emptyArray<D extends Dtype>(dtype: D, length: number): TypedArrayOf<D> {
  return new ARRAYS[dtype](length) as Arrays[Dtype] as TypedArrayOf<D>;
}

/** The same memory, as items of the type. */
export function itemsOf<D extends Dtype>(dtype: D, bytes: Uint8Array): TypedArrayOf<D> {
  const aligned = bytes.byteOffset % bytesPerItem(dtype) === 0 ? bytes : bytes.slice();
  const length = aligned.byteLength / bytesPerItem(dtype);
  return new ARRAYS[dtype](
    aligned.buffer as ArrayBuffer,
    aligned.byteOffset,
    length,
  ) as Arrays[Dtype] as TypedArrayOf<D>;
}

/** The same memory, as bytes. */
export const bytesOf = (items: TypedArray): Uint8Array =>
  new Uint8Array(items.buffer, items.byteOffset, items.byteLength);
