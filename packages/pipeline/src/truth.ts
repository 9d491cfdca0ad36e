// What a step says of the truth it leaves: each field's dimensions and unit, declared once beside the step.

import { type FrameSeries, toDense } from "./series.ts";

/** Dimensions with a meaning of their own. Any other name is a dimension of the step's own, whose length its array decides. */
export type KnownDim =
  | "unit"
  | "frame"
  | "component"
  | "height"
  | "width"
  | "canvas_height"
  | "canvas_width"
  | "axis_yx"
  | "axis_zyx";

export interface TruthDeclaration {
  /** canvas_height and canvas_width are cropped to height and width (the FOV) when the recording is made. */
  readonly dims: readonly (KnownDim | (string & {}))[];
  /** "1" where dimensionless. */
  readonly unit: string;
  readonly description: string;
}

export type TruthDeclarations = Readonly<Record<string, TruthDeclaration>>;

/** Declarations that know their names. */
export type TruthTokens<T extends TruthDeclarations> = {
  readonly [Name in keyof T]: T[Name] & { readonly name: Name & string };
};

export function named<T extends TruthDeclarations>(declarations: T | undefined): TruthTokens<T> {
  const tokens = Object.entries(declarations ?? {}).map(([name, declaration]) => [
    name,
    Object.freeze({ ...declaration, name }),
  ]);
  return Object.freeze(Object.fromEntries(tokens));
}

export interface TruthField extends TruthDeclaration {
  readonly shape: readonly number[];
  /** Row-major. Made on first use where the step gave a recipe. */
  readonly data: Float64Array;
  /** The recipe, where the step gave one. */
  readonly series: FrameSeries | null;
}

/** A field from what a step assigned. `lengths` are those of the dimensions known so far. */
export function truthField(
  name: string,
  declaration: TruthDeclaration,
  value: Float64Array | FrameSeries,
  lengths: ReadonlyMap<string, number>,
): TruthField {
  const series = value instanceof Float64Array ? null : value;
  let data = value instanceof Float64Array ? value : null;
  const length = series ? series.rows * series.frames : data!.length;
  return {
    ...declaration,
    shape: shapeOf(name, declaration, length, lengths),
    series,
    get data() {
      data ??= toDense(series!);
      return data;
    },
  };
}

/** Resolves the shape of a field of `length` values under its declaration. At most one dimension may have a length that is not known yet. */
function shapeOf(
  name: string,
  declaration: TruthDeclaration,
  length: number,
  lengths: ReadonlyMap<string, number>,
): number[] {
  const shape = declaration.dims.map((dim) => lengths.get(dim) ?? -1);
  const open = shape.filter((length) => length < 0).length;
  if (open > 1)
    throw new RangeError(`Truth field "${name}" has more than one dimension of its own.`);
  const known = shape.reduce((total, length) => (length < 0 ? total : total * length), 1);
  const at = shape.indexOf(-1);
  if (at >= 0) shape[at] = known === 0 ? 0 : length / known;
  const total = shape.reduce((a, b) => a * b, 1);
  if (total !== length || !shape.every(Number.isInteger)) {
    const wanted = declaration.dims.map((dim, i) => `${dim} ${i === at ? "?" : shape[i]}`);
    throw new RangeError(
      `Truth field "${name}" has ${length} values, which do not fill (${wanted.join(", ")}).`,
    );
  }
  return shape;
}
