// GroundTruth: what the simulator knew. Structure, activity and effects of one recording, validated and frozen.
import type { FootprintStack } from "@minisim/footprint";
import { MinisimError } from "@minisim/spec/error";
import type ndarray from "ndarray";
import {
  type BoolNdArray,
  type ComputedRows,
  type Float64NdArray,
  isComputed,
  materialize,
  nd,
  takeRows,
} from "./array.ts";
import { FIELD_NAMES, type FieldName, GROUND_TRUTH_FIELDS } from "./fields.ts";
import {
  type ExtraField,
  type GroundTruthData,
  type GroundTruthInput,
  groundTruthSchema,
  type Ragged,
} from "./schema.ts";

/** A ground truth that does not hold together. The message says where, one line an issue. */
export class GroundTruthError extends MinisimError {
  override readonly name = "GroundTruthError";
  readonly kind = "ground_truth";
  readonly code = "invalid";

  constructor(sentences: readonly string[]) {
    super(
      sentences.join("\n"),
      sentences.map((message) => ({ message })),
    );
  }
}

// Declaration merging: the instance carries every field of the data as its own frozen property.
export interface GroundTruth extends GroundTruthData {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor assigns all fields of the merged interface.
export class GroundTruth {
  #dense: { planted?: ndarray.NdArray<Float32Array>; observed?: ndarray.NdArray<Float32Array> } =
    {};
  #stack: FootprintStack | undefined;
  #computed = new Map<FieldName, ComputedRows>();

  /**
   * Fields given as recipes become arrays when they are first asked for.
   * @throws GroundTruthError when a field has the wrong type or dimensions that disagree with another's.
   */
  constructor(data: GroundTruthInput) {
    const result = groundTruthSchema.safeParse(data);
    if (!result.success) {
      const lines = result.error.issues.map((issue) => {
        const at = issue.path.join(".");
        return issue.message.startsWith(at) ? issue.message : `${at}: ${issue.message}`;
      });
      throw new GroundTruthError(lines);
    }
    Object.assign(this, data);
    for (const name of FIELD_NAMES) {
      const value = data[name];
      if (isComputed(value)) this.#compute(name, value);
    }
    Object.freeze(this);
  }

  /**
   * Rows [start, end) of an array field, row-major: what a writer needs that must not hold the whole field.
   * @throws RangeError for a field that this ground truth does not have.
   */
  readRows(name: FieldName, start: number, end: number): Float64Array | Uint8Array {
    const recipe = this.#computed.get(name);
    if (recipe) {
      const frames = recipe.shape[1];
      const rows = new Float64Array((end - start) * frames);
      for (let unit = start; unit < end; unit++) recipe.row(unit, rows, (unit - start) * frames);
      return rows;
    }
    const array: Float64NdArray | BoolNdArray | null = this[name];
    if (!array) throw new RangeError(`This ground truth has no ${name}.`);
    const row = array.shape.slice(1).reduce((a, b) => a * b, 1);
    return array.data.subarray(start * row, end * row);
  }

  /** Dimensions of an array field, without making the array; null where the field is absent. */
  shapeOf(name: FieldName): readonly number[] | null {
    return this.#computed.get(name)?.shape ?? this[name]?.shape ?? null;
  }

  get n_units(): number {
    return this.planted.length;
  }

  /** Depth of each unit below the surface, µm. */
  get depth_um(): Float64NdArray {
    const { data } = this.centers_um;
    return nd(
      Float64Array.from({ length: this.n_units }, (_, i) => data[3 * i]!),
      [this.n_units],
    );
  }

  /** Footprints before the optics, unit × height × width over the FOV. Made on first use: n_units × FOV × 4 bytes. */
  get A_planted(): ndarray.NdArray<Float32Array> {
    this.#dense.planted ??= this.#toDense(this.planted);
    return this.#dense.planted;
  }

  /** Footprints as the optics deliver them, what a pipeline can recover at best; A_planted where no optics ran. */
  get A_observed(): ndarray.NdArray<Float32Array> {
    this.#dense.observed ??= this.#toDense(this.observed_footprints);
    return this.#dense.observed;
  }

  /** A_observed in its sparse form, canvas coordinates: bit for bit what was rendered. */
  get observed_footprints(): FootprintStack {
    const { observed_sigma_px: sigma, observed_gain: gain } = this;
    this.#stack ??= sigma && gain ? this.planted.degrade(sigma.data, gain.data) : this.planted;
    return this.#stack;
  }

  /** The ground truth of the detectable units alone; fields without a unit dimension are carried over. */
  detectableSubset(): GroundTruth {
    const flags = this.detectable.data;
    return this.subset([...flags.keys()].filter((unit) => flags[unit] === 1));
  }

  /** The ground truth of the given units, in the given order. */
  subset(units: readonly number[]): GroundTruth {
    const sliced: Record<string, unknown> = {};
    for (const name of FIELD_NAMES) {
      const recipe = this.#computed.get(name);
      if (recipe) {
        sliced[name] = takeComputed(recipe, units);
        continue;
      }
      const array: Float64NdArray | BoolNdArray | null = this[name];
      const perUnit = GROUND_TRUTH_FIELDS[name].dims[0] === "unit";
      sliced[name] = array && perUnit ? takeRows(array as Float64NdArray, units) : array;
    }
    return new GroundTruth({
      ...(sliced as unknown as GroundTruthInput),
      planted: this.planted.select(units),
      fov_offset: this.fov_offset,
      fov_shape: this.fov_shape,
      focal_depth_um: this.focal_depth_um,
      spike_times_s: takeRagged(this.spike_times_s, units),
      extra: Object.fromEntries(
        Object.entries(this.extra).map(([name, field]) => [name, takeExtra(field, units)]),
      ),
    });
  }

  #compute(name: FieldName, recipe: ComputedRows): void {
    let array: Float64NdArray | undefined;
    this.#computed.set(name, recipe);
    Object.defineProperty(this, name, {
      enumerable: true,
      get: () => {
        array ??= materialize(recipe);
        return array;
      },
    });
  }

  #toDense(stack: FootprintStack): ndarray.NdArray<Float32Array> {
    const [top, left] = this.fov_offset;
    const [height, width] = this.fov_shape;
    return nd(stack.toDense({ top, left, height, width }), [stack.length, height, width]);
  }
}

/** The lists of the given units. */
export function takeRagged({ offsets, data }: Ragged, units: readonly number[]): Ragged {
  const taken = new Int32Array(units.length + 1);
  for (const [i, unit] of units.entries()) {
    taken[i + 1] = taken[i]! + offsets[unit + 1]! - offsets[unit]!;
  }
  const values = new Float64Array(taken[units.length]!);
  for (const [i, unit] of units.entries()) {
    values.set(data.subarray(offsets[unit]!, offsets[unit + 1]!), taken[i]!);
  }
  return { offsets: taken, data: values };
}

function takeComputed({ shape, row }: ComputedRows, units: readonly number[]): ComputedRows {
  return {
    shape: [units.length, shape[1]],
    row: (unit, target, at) => row(units[unit]!, target, at),
  };
}

function takeExtra(field: ExtraField, units: readonly number[]): ExtraField {
  return field.dims[0] === "unit" ? { ...field, array: takeRows(field.array, units) } : field;
}
