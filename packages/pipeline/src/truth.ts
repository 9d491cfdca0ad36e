// What a step says of the truth it leaves: each field's dimensions and unit, declared once beside the step.

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

export interface TruthField extends TruthDeclaration {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Resolves the shape of `data` under its declaration. At most one dimension may have a length that is not known yet. */
export function shapeOf(
  name: string,
  declaration: TruthDeclaration,
  data: Float64Array,
  lengths: ReadonlyMap<string, number>,
): number[] {
  const shape = declaration.dims.map((dim) => lengths.get(dim) ?? -1);
  const open = shape.filter((length) => length < 0).length;
  if (open > 1)
    throw new RangeError(`Truth field "${name}" has more than one dimension of its own.`);
  const known = shape.reduce((total, length) => (length < 0 ? total : total * length), 1);
  const at = shape.indexOf(-1);
  if (at >= 0) shape[at] = known === 0 ? 0 : data.length / known;
  const total = shape.reduce((a, b) => a * b, 1);
  if (total !== data.length || !shape.every(Number.isInteger)) {
    const wanted = declaration.dims.map((dim, i) => `${dim} ${i === at ? "?" : shape[i]}`);
    throw new RangeError(
      `Truth field "${name}" has ${data.length} values, which do not fill (${wanted.join(", ")}).`,
    );
  }
  return shape;
}
