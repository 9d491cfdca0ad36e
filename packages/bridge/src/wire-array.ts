// Arrays on the wire: their type and shape stand in the header, their bytes in the body.

export const DTYPES = {
  bool: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export type WireDtype = keyof typeof DTYPES;
export type WireData = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;

/** What a header says of an array. */
export interface WireArrayInfo {
  readonly dtype: WireDtype;
  readonly shape: readonly number[];
}

/** A row-major array. */
export class WireArray implements WireArrayInfo {
  readonly dtype: WireDtype;
  readonly shape: readonly number[];
  readonly data: WireData;

  /** The type is that of the data where it is not given. */
  constructor(data: WireData, shape: readonly number[], dtype: WireDtype = dtypeOf(data)) {
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
  }
}

export const itemsOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function dtypeOf(data: WireData): WireDtype {
  if (data instanceof Uint8Array) return "uint8";
  if (data instanceof Uint16Array) return "uint16";
  if (data instanceof Int32Array) return "int32";
  return data instanceof Float32Array ? "float32" : "float64";
}
