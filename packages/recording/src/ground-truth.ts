// GroundTruth: what the simulator knew. Structure, activity and effects of one recording, validated and frozen.
import type { FootprintStack } from "@minisim/footprint";
import { MinisimError } from "@minisim/spec/error";
import type ndarray from "ndarray";
import { type BoolNdArray, type ComputedRows, type Float64NdArray, nd } from "./array.ts";
import { type Claim, problemsOf } from "./check.ts";
import {
  type ALWAYS_FIELDS,
  CORE_FIELDS,
  CORE_NAMES,
  type FieldToken,
  SOMETIMES_FIELDS,
  STEP_PROPERTIES,
  type StepProperty,
} from "./fields.ts";
import { type Structure, takeRagged } from "./structure.ts";
import { type FieldValue, type NamedDeclaration, TruthField } from "./truth-field.ts";

/** A ground truth that does not hold together. The message says where, one line for each problem. */
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

type ArrayOf<D extends { readonly dtype: string }> = D["dtype"] extends "bool"
  ? BoolNdArray
  : Float64NdArray;
/** Arrays may be given as recipes: in a long recording they are too large to be held, and some take long to make. */
type Given<A> = A | ComputedRows;

type AlwaysArrays = {
  readonly [N in keyof typeof ALWAYS_FIELDS]: ArrayOf<(typeof ALWAYS_FIELDS)[N]>;
};
type SometimesArrays = {
  readonly [N in keyof typeof SOMETIMES_FIELDS]: ArrayOf<(typeof SOMETIMES_FIELDS)[N]> | null;
};
type StepArrays = { readonly [N in StepProperty]: Float64NdArray | null };
type BoolFieldName = {
  [N in keyof typeof ALWAYS_FIELDS]: (typeof ALWAYS_FIELDS)[N]["dtype"] extends "bool" ? N : never;
}[keyof typeof ALWAYS_FIELDS];

/** A field that a step left. */
export interface GivenField extends Omit<NamedDeclaration, "dtype"> {
  readonly value: Float64NdArray | ComputedRows;
}

/** What a ground truth is made of. */
export type GroundTruthInput = Structure & {
  readonly [N in keyof AlwaysArrays]: Given<AlwaysArrays[N]>;
} & {
  readonly [N in keyof SometimesArrays]?: Given<Float64NdArray> | null;
} & {
  /** What steps left; each name once, and none of the names above. */
  readonly step_fields?: readonly GivenField[];
};

// Declaration merging: the instance carries these as its own frozen properties.
export interface GroundTruth extends Structure, AlwaysArrays, SometimesArrays, StepArrays {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor assigns all properties of the merged interface.
export class GroundTruth {
  /** Every array with named dimensions: those of the scene, then those that steps left. */
  readonly fields: ReadonlyMap<string, TruthField>;
  readonly #dense: {
    planted?: ndarray.NdArray<Float32Array>;
    observed?: ndarray.NdArray<Float32Array>;
  } = {};
  #stack: FootprintStack | undefined;

  /**
   * The ground truth of arrays that were read from a file, where only their names tell what they are.
   * @throws GroundTruthError as the constructor, and where a field is missing.
   */
  static fromArrays(
    arrays: Readonly<Record<string, Float64NdArray | BoolNdArray>>,
    rest: Structure & Pick<GroundTruthInput, "step_fields">,
  ): GroundTruth {
    return new GroundTruth({ ...(arrays as AlwaysArrays), ...rest });
  }

  /**
   * Fields given as recipes become arrays when they are first asked for.
   * @throws GroundTruthError when a field has the wrong type or dimensions that disagree with another's.
   */
  constructor(input: GroundTruthInput) {
    const { planted, fov_offset, fov_shape, spike_times_s, focal_depth_um } = input;
    const structure = { planted, fov_offset, fov_shape, spike_times_s, focal_depth_um };
    const claims = [...coreClaims(input), ...stepClaims(input.step_fields ?? [])];
    const problems = [...nameProblems(input), ...problemsOf(structure, claims)];
    if (problems.length > 0) throw new GroundTruthError(problems);
    Object.assign(this, structure);
    this.fields = new Map(
      claims.map(({ declaration, value }) => [
        declaration.name,
        new TruthField(declaration, value as FieldValue),
      ]),
    );
    for (const name of [...CORE_NAMES, ...STEP_PROPERTIES]) {
      const get = () => this.fields.get(name)?.array ?? null;
      Object.defineProperty(this, name, { enumerable: true, get });
    }
    Object.freeze(this);
  }

  /** The array of a field, by its name or by the token in a step's truth: `get(brainMotion.truth.shifts)`. Null where there is none. */
  get(name: BoolFieldName): BoolNdArray;
  get(field: string | FieldToken): Float64NdArray | null;
  get(field: string | FieldToken): Float64NdArray | BoolNdArray | null {
    return this.fields.get(typeof field === "string" ? field : field.name)?.array ?? null;
  }

  /** A field with its meaning, without making its array. @throws RangeError where this ground truth has no such field. */
  field(field: string | FieldToken): TruthField {
    const name = typeof field === "string" ? field : field.name;
    const found = this.fields.get(name);
    if (found) return found;
    throw new RangeError(
      `This ground truth has no ${name}; it has ${[...this.fields.keys()].join(", ")}.`,
    );
  }

  get n_units(): number {
    return this.planted.length;
  }

  get n_frames(): number {
    return this.field("C").shape[1]!;
  }

  /** How many units could be found. */
  get n_detectable(): number {
    return this.detectable.data.reduce((sum, flag) => sum + flag, 0);
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

  /** The ground truth of the given units, in the given order. Recipes stay recipes. */
  subset(units: readonly number[]): GroundTruth {
    return new GroundTruth({
      ...this.#inputWith((field) => field.ofUnits(units)),
      planted: this.planted.select(units),
      spike_times_s: takeRagged(this.spike_times_s, units),
    });
  }

  /** What this ground truth is made of, for another that differs in some of it. Recipes stay recipes. */
  input(): GroundTruthInput {
    return this.#inputWith((field) => field);
  }

  #inputWith(change: (field: TruthField) => TruthField): GroundTruthInput {
    const core: Record<string, FieldValue> = {};
    const step_fields: GivenField[] = [];
    for (const { name, dims, unit, description, value } of [...this.fields.values()].map(change)) {
      if (Object.hasOwn(CORE_FIELDS, name)) core[name] = value;
      else step_fields.push({ name, dims, unit, description, value: value as Float64NdArray });
    }
    const { planted, fov_offset, fov_shape, spike_times_s, focal_depth_um } = this;
    const structure = { planted, fov_offset, fov_shape, spike_times_s, focal_depth_um };
    return { ...(core as AlwaysArrays), ...structure, step_fields };
  }

  #toDense(stack: FootprintStack): ndarray.NdArray<Float32Array> {
    const [top, left] = this.fov_offset;
    const [height, width] = this.fov_shape;
    return nd(stack.toDense({ top, left, height, width }), [stack.length, height, width]);
  }
}

function coreClaims(input: GroundTruthInput): Claim[] {
  return CORE_NAMES.flatMap((name) => {
    const value = input[name] ?? null;
    if (value === null && Object.hasOwn(SOMETIMES_FIELDS, name)) return [];
    return [{ declaration: { name, ...CORE_FIELDS[name] }, value }];
  });
}

const stepClaims = (fields: readonly GivenField[]): Claim[] =>
  fields.map(({ value, ...declaration }) => ({
    declaration: { ...declaration, dtype: "float64" },
    value,
  }));

const STRUCTURE = ["planted", "fov_offset", "fov_shape", "spike_times_s", "focal_depth_um"];

function nameProblems(input: GroundTruthInput): string[] {
  const known = [...STRUCTURE, ...CORE_NAMES, "step_fields"];
  const unknown = Object.keys(input).filter((name) => !known.includes(name));
  const names = (input.step_fields ?? []).map(({ name }) => name);
  const taken = names.filter((name, i) => known.includes(name) || names.indexOf(name) < i);
  return [
    ...unknown.map(
      (name) => `${name}: is no field of the scene; what steps leave goes into step_fields`,
    ),
    ...taken.map((name) => `${name}: the name is taken`),
  ];
}
