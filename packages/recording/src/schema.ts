// The ground truth's schema: every field of the table, and named dimensions that must agree across fields.
import { FootprintStack } from "@minisim/footprint";
import { z } from "zod";
import { type BoolNdArray, type ComputedRows, type Float64NdArray, isComputed } from "./array.ts";
import {
  FIELD_NAMES,
  FIXED_DIMS,
  type FieldDeclaration,
  type FieldName,
  GROUND_TRUTH_FIELDS,
} from "./fields.ts";

/** One list of numbers per unit: unit i owns data[offsets[i] .. offsets[i + 1]). */
export interface Ragged {
  readonly offsets: Int32Array;
  readonly data: Float64Array;
}

/** A truth field that no built-in step knows: what a step package of one's own left. */
export interface ExtraField {
  readonly dims: readonly string[];
  readonly unit: string;
  readonly description: string;
  readonly array: Float64NdArray;
}

type ArrayOf<D extends FieldDeclaration> = D["dtype"] extends "bool" ? BoolNdArray : Float64NdArray;
type Arrays = {
  readonly [N in FieldName]: (typeof GROUND_TRUTH_FIELDS)[N]["always"] extends true
    ? ArrayOf<(typeof GROUND_TRUTH_FIELDS)[N]>
    : ArrayOf<(typeof GROUND_TRUTH_FIELDS)[N]> | null;
};

// The unit × frame fields: in a long recording too large to be held, so they may be given as recipes.
type Matrix = "C" | "S" | "bleaching";
type Given = {
  readonly [N in FieldName]: N extends Matrix ? Arrays[N] | ComputedRows : Arrays[N];
};

/** What a ground truth is made of. */
export interface GroundTruthInput extends Given, Structure {}

/** What a ground truth holds: every field an array, or null. */
export interface GroundTruthData extends Arrays, Structure {}

interface Structure {
  /** Canvas coordinates. */
  readonly planted: FootprintStack;
  /** (top, left) of the sensor's field of view on the canvas. */
  readonly fov_offset: readonly [number, number];
  /** (height, width). */
  readonly fov_shape: readonly [number, number];
  /** Sub-frame spike times, s from the start of frame 0. */
  readonly spike_times_s: Ragged;
  /** Resolved focal plane on the axis, µm below the surface. */
  readonly focal_depth_um: number | null;
  readonly extra: Readonly<Record<string, ExtraField>>;
}

interface Shaped {
  readonly name: string;
  readonly dims: readonly string[];
  readonly shape: readonly number[];
}

const pair = z.tuple([z.int().min(0), z.int().min(0)]);
const typed = (dtype: "float64" | "bool") =>
  z.custom<Float64NdArray | BoolNdArray>(
    (value) => {
      if (isComputed(value)) return dtype === "float64";
      const data = (value as Float64NdArray | null)?.data;
      return dtype === "bool" ? data instanceof Uint8Array : data instanceof Float64Array;
    },
    { error: `must be an ndarray of ${dtype === "bool" ? "Uint8Array (0 or 1)" : "Float64Array"}` },
  );

/** Whether the offsets cut all of the data into lists. */
function divides({ offsets, data }: Ragged): boolean {
  const rises = offsets.every((at, i) => i === 0 || at >= offsets[i - 1]!);
  return rises && offsets[0] === 0 && offsets.at(-1) === data.length;
}

const arrayFields = Object.fromEntries(
  FIELD_NAMES.map((name) => {
    const { dtype, always } = GROUND_TRUTH_FIELDS[name];
    return [name, always ? typed(dtype) : typed(dtype).nullable()];
  }),
);

const structure = z.strictObject({
  ...arrayFields,
  planted: z.custom<FootprintStack>((value) => value instanceof FootprintStack, {
    error: "must be a FootprintStack",
  }),
  fov_offset: pair,
  fov_shape: pair,
  spike_times_s: z
    .strictObject({ offsets: z.instanceof(Int32Array), data: z.instanceof(Float64Array) })
    .refine(divides, { error: "offsets must rise from 0 to the length of data" }),
  focal_depth_um: z.number().nullable(),
  extra: z.record(
    z.string(),
    z.strictObject({
      dims: z.array(z.string()).readonly(),
      unit: z.string(),
      description: z.string(),
      array: typed("float64"),
    }),
  ),
});

/** Checks types, then that equal dimension names have equal lengths. An issue names both fields that disagree. */
export const groundTruthSchema = structure.superRefine((value, context) => {
  const truth = value as unknown as GroundTruthInput;
  const first = new Map<string, { length: number; name: string }>(
    Object.entries(FIXED_DIMS).map(([dim, length]) => [dim, { length, name: "their name" }]),
  );
  for (const { name, dims, shape } of shapesOf(truth)) {
    if (dims.length !== shape.length) {
      const message = `${name} must have dimensions (${dims.join(", ")}), but has ${shape.length}`;
      context.addIssue({ code: "custom", path: [name], message });
      continue;
    }
    for (const [axis, dim] of dims.entries()) {
      const length = shape[axis]!;
      const known = first.get(dim);
      if (!known) first.set(dim, { length, name });
      else if (known.length !== length) {
        const message = `${name} has ${length} along "${dim}", but ${known.name} has ${known.length}`;
        context.addIssue({ code: "custom", path: [name], message });
      }
    }
  }
});

function shapesOf(truth: GroundTruthInput): Shaped[] {
  const { planted, spike_times_s, fov_shape } = truth;
  const shapes: Shaped[] = [
    { name: "planted", dims: ["unit"], shape: [planted.length] },
    { name: "fov_shape", dims: ["height", "width"], shape: fov_shape },
    { name: "spike_times_s", dims: ["unit"], shape: [spike_times_s.offsets.length - 1] },
  ];
  for (const name of FIELD_NAMES) {
    const array = truth[name];
    if (array) shapes.push({ name, dims: GROUND_TRUTH_FIELDS[name].dims, shape: array.shape });
  }
  for (const [name, { dims, array }] of Object.entries(truth.extra)) {
    shapes.push({ name, dims, shape: array.shape });
  }
  return shapes;
}
