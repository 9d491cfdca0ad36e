// A ground truth as arrays of a store, and back.
import { FootprintStack } from "@minisim/footprint";
import {
  type ExtraField,
  FIELD_NAMES,
  type FieldName,
  type Float64NdArray,
  GROUND_TRUTH_FIELDS,
  GroundTruth,
  type GroundTruthData,
  nd,
  type Ragged,
} from "@minisim/recording";
import { z } from "zod";
import { type RowReader, readArray } from "./array-io.ts";
import type { TypedArray } from "./dtype.ts";
import { partError, StoreError } from "./error.ts";
import { chunkRowsFor, rowBytes, rowLength } from "./grid.ts";
import { type ArrayNode, metadataKey } from "./metadata.ts";
import { checkNames } from "./names.ts";
import { rowMajor } from "./row-major.ts";
import type { Storage } from "./storage.ts";
import { PLANTED, SPIKE_TIMES, TRUTH, TRUTH_FIELDS, type TruthField } from "./truth-fields.ts";

export interface TruthArray {
  readonly node: ArrayNode;
  /** Reads a part of it: a field that is computed when asked for is never computed as a whole. */
  readonly rows: RowReader;
}

const pair = z.tuple([z.int().min(0), z.int().min(0)]).readonly();

/** What a ground truth holds beside arrays: attributes of its group. */
export const truthAttributesSchema = z.looseObject({
  canvas_shape: pair,
  fov_offset: pair,
  fov_shape: pair,
  focal_depth_um: z.number().nullable(),
});
export type TruthAttributes = z.output<typeof truthAttributesSchema>;

export function truthAttributes({
  planted: { canvas },
  fov_offset,
  fov_shape,
  focal_depth_um,
}: GroundTruth): TruthAttributes {
  return { canvas_shape: [canvas.height, canvas.width], fov_offset, fov_shape, focal_depth_um };
}

/** @throws StoreError "invalid" when an extra field's name cannot be stored. */
export function truthArrays(truth: GroundTruth): TruthArray[] {
  const { planted, spike_times_s: spikes, extra } = truth;
  const own = [...TRUTH_FIELDS.keys()].map((path) => path.split("/")[1]!);
  checkNames("field of the ground truth", Object.keys(extra), [...new Set(own)]);
  const arrays: TruthArray[] = [];
  for (const name of FIELD_NAMES) {
    const shape = truth.shapeOf(name);
    if (shape) arrays.push(known(`${TRUTH}/${name}`, shape, fieldRows(truth, name)));
  }
  for (const [name, { array, ...field }] of Object.entries(extra)) {
    const extraField = { ...field, dtype: "float64", always: false } as const;
    const node = nodeOf(`${TRUTH}/${name}`, array.shape, extraField, { extra: true });
    arrays.push({ node, rows: rowsOf(node, rowMajor("float64", array)) });
  }
  const n = planted.length;
  return [
    ...arrays,
    known(`${PLANTED}/offsets`, [n, 2], planted.offsets),
    known(`${PLANTED}/shapes`, [n, 2], planted.shapes),
    known(`${PLANTED}/data`, [planted.data.length], planted.data),
    known(`${SPIKE_TIMES}/offsets`, [spikes.offsets.length], spikes.offsets),
    known(`${SPIKE_TIMES}/data`, [spikes.data.length], spikes.data),
  ];
}

function known(path: string, shape: readonly number[], data: TypedArray | RowReader): TruthArray {
  const node = nodeOf(path, shape, TRUTH_FIELDS.get(path)!);
  return { node, rows: typeof data === "function" ? data : rowsOf(node, data) };
}

function rowsOf(node: ArrayNode, data: TypedArray): RowReader {
  const length = rowLength(node);
  return (start, end) => data.subarray(start * length, end * length);
}

function fieldRows(truth: GroundTruth, name: FieldName): TypedArray | RowReader {
  // A field that was given as an array is a plain property, and may be a view in another order than row-major.
  const array: Float64NdArray | undefined = Object.getOwnPropertyDescriptor(truth, name)?.value;
  if (array) return rowMajor(GROUND_TRUTH_FIELDS[name].dtype, array);
  return (start, end) => truth.readRows(name, start, end);
}

function nodeOf(
  path: string,
  shape: readonly number[],
  { dtype, dims, unit, description }: TruthField,
  marks: Record<string, unknown> = {},
): ArrayNode {
  const chunkRows = chunkRowsFor(shape[0] ?? 1, rowBytes(dtype, shape));
  return { path, dtype, shape, chunkRows, dims, attributes: { unit, description, ...marks } };
}

/** @throws StoreError for damaged parts, and "invalid" for arrays that make no ground truth. */
export async function readTruth(
  storage: Storage,
  nodes: ReadonlyMap<string, ArrayNode>,
  attributes: TruthAttributes,
): Promise<GroundTruth> {
  const read = <T extends TypedArray>(path: string) =>
    readArray(storage, nodes.get(path)!) as Promise<T>;
  const fields: Record<string, unknown> = {};
  for (const name of FIELD_NAMES) {
    const node = nodes.get(`${TRUTH}/${name}`);
    fields[name] = node ? nd(await read<Float64Array>(node.path), node.shape) : null;
  }
  const extra: Record<string, ExtraField> = {};
  for (const { path, shape, dims, attributes: marks } of nodes.values()) {
    if (marks.extra !== true) continue;
    const { unit, description } = marks as { unit: string; description: string };
    const array = nd(await read<Float64Array>(path), shape);
    extra[path.slice(TRUTH.length + 1)] = { dims, unit, description, array };
  }
  const [height, width] = attributes.canvas_shape;
  const parts = {
    canvas: { height, width },
    offsets: await read<Int32Array>(`${PLANTED}/offsets`),
    shapes: await read<Int32Array>(`${PLANTED}/shapes`),
    data: await read<Float32Array>(`${PLANTED}/data`),
  };
  const spike_times_s = {
    offsets: await read<Int32Array>(`${SPIKE_TIMES}/offsets`),
    data: await read<Float64Array>(`${SPIKE_TIMES}/data`),
  };
  checkRagged(spike_times_s);
  const { fov_offset, fov_shape, focal_depth_um } = attributes;
  try {
    return new GroundTruth({
      ...(fields as unknown as GroundTruthData),
      planted: FootprintStack.fromArrays(parts),
      fov_offset,
      fov_shape,
      spike_times_s,
      focal_depth_um,
      extra,
    });
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError("invalid", `${TRUTH} does not hold together: ${problem}`, {
      key: TRUTH,
      cause,
    });
  }
}

function checkRagged({ offsets, data }: Ragged): void {
  const rises = offsets.every((offset, i) => offset >= (i === 0 ? 0 : offsets[i - 1]!));
  if (offsets[0] === 0 && rises && offsets[offsets.length - 1] === data.length) return;
  const key = metadataKey(SPIKE_TIMES);
  throw partError("invalid", key, "has offsets that do not divide its data among the units");
}
