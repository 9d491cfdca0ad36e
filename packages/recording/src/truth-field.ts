// One array of the truth: what it means, its shape, and its values when they are asked for.
import {
  type BoolNdArray,
  type ComputedRows,
  computeRows,
  type Float64NdArray,
  isComputed,
  nd,
  rowMajor,
  takeRows,
} from "./array.ts";
import type { Dtype, FieldDeclaration, FieldToken } from "./fields.ts";

/** An array, or a recipe for its rows. */
export type FieldValue = Float64NdArray | BoolNdArray | ComputedRows;

export interface NamedDeclaration extends FieldDeclaration, FieldToken {}

export class TruthField implements NamedDeclaration {
  readonly name: string;
  readonly dims: readonly string[];
  readonly dtype: Dtype;
  readonly unit: string;
  readonly description: string;
  /** As it was given. */
  readonly value: FieldValue;
  #array: Float64NdArray | BoolNdArray | undefined;

  constructor({ name, dims, dtype, unit, description }: NamedDeclaration, value: FieldValue) {
    this.name = name;
    this.dims = dims;
    this.dtype = dtype;
    this.unit = unit;
    this.description = description;
    this.value = value;
    if (!isComputed(value)) this.#array = value;
    Object.freeze(this);
  }

  get shape(): readonly number[] {
    return this.value.shape;
  }

  /** The whole array. Made on first use where the field is a recipe. */
  get array(): Float64NdArray | BoolNdArray {
    this.#array ??= nd(this.rows(0, this.shape[0] ?? 0) as Float64Array, this.shape);
    return this.#array;
  }

  /** Works out what `rows` or `array` would, as far as that takes long: in turns between which the thread serves others. */
  async ready(): Promise<void> {
    if (isComputed(this.value)) await this.value.ready?.();
  }

  /** Rows [start, end) along the first dimension, row-major: what a writer needs that must not hold the whole field. */
  rows(start: number, end: number): Float64Array | Uint8Array {
    if (!isComputed(this.value)) {
      const length = this.shape.slice(1).reduce((a, b) => a * b, 1);
      return rowMajor(this.value as Float64NdArray).subarray(start * length, end * length);
    }
    const rows = computeRows(this.value, start, end);
    return this.dtype === "bool" ? Uint8Array.from(rows) : rows;
  }

  /** The field of the given units, in the given order; the field itself where it has no unit dimension. */
  ofUnits(units: readonly number[]): TruthField {
    if (this.dims[0] !== "unit") return this;
    return new TruthField(this, takeUnits(this.value, units));
  }
}

function takeUnits(value: FieldValue, units: readonly number[]): FieldValue {
  if (!isComputed(value)) return takeRows(value as Float64NdArray, units);
  return {
    ...value,
    shape: [units.length, ...value.shape.slice(1)],
    row: (row, target, at) => value.row(units[row]!, target, at),
  };
}
