// A ground truth as arrays of a store, and back.
import { FootprintStack } from "@minisim/footprint";
import {
  type Float64NdArray,
  type GivenField,
  GroundTruth,
  nd,
  type Ragged,
} from "@minisim/recording";
import { z } from "zod";
import { readAhead } from "./ahead.ts";
import { readArray } from "./array-io.ts";
import { TRUTH_COORDINATES } from "./coordinates.ts";
import type { TypedArray } from "./dtype.ts";
import { partError, StoreError } from "./error.ts";
import { rowLength } from "./grid.ts";
import { type ArrayNode, metadataKey } from "./metadata.ts";
import { checkNames } from "./names.ts";
import type { Storage } from "./storage.ts";
import { KNOWN_FIELDS, PARTS, PLANTED, SPIKE_TIMES, TRUTH } from "./truth-fields.ts";
import { nodeOf, type WholeArray } from "./whole-array.ts";

const pair = z.tuple([z.int().min(0), z.int().min(0)]).readonly();

/** What a ground truth holds beside arrays: attributes of its group. */
export const truthAttributesSchema = z.looseObject({
  canvas_shape: pair,
  fov_offset: pair,
  fov_shape: pair,
  focal_depth_um: z.number().nullable(),
  /** Names of the arrays that are none of its fields. Absent in stores of earlier programs. */
  coordinates: z.string().optional(),
});
export type TruthAttributes = z.output<typeof truthAttributesSchema>;

export function truthAttributes({
  planted: { canvas },
  fov_offset,
  fov_shape,
  focal_depth_um,
}: GroundTruth): TruthAttributes {
  const canvas_shape = [canvas.height, canvas.width] as const;
  const coordinates = TRUTH_COORDINATES.join(" ");
  return { canvas_shape, fov_offset, fov_shape, focal_depth_um, coordinates };
}

const RESERVED = ["planted", "spike_times_s", ...TRUTH_COORDINATES];

/** @throws StoreError "invalid" when a field's name cannot be stored. */
export function truthArrays(truth: GroundTruth): WholeArray[] {
  const { planted, spike_times_s: spikes } = truth;
  checkNames("field of the ground truth", [...truth.fields.keys()], RESERVED);
  const fields = [...truth.fields.values()].map((field): WholeArray => {
    const node = nodeOf(`${TRUTH}/${field.name}`, field.shape, field);
    return { node, rows: (start, end) => field.rows(start, end), ready: () => field.ready() };
  });
  const n = planted.length;
  return [
    ...fields,
    part(`${PLANTED}/offsets`, [n, 2], planted.offsets),
    part(`${PLANTED}/shapes`, [n, 2], planted.shapes),
    part(`${PLANTED}/data`, [planted.data.length], planted.data),
    part(`${SPIKE_TIMES}/offsets`, [spikes.offsets.length], spikes.offsets),
    part(`${SPIKE_TIMES}/data`, [spikes.data.length], spikes.data),
  ];
}

function part(path: string, shape: readonly number[], data: TypedArray): WholeArray {
  const node = nodeOf(path, shape, PARTS.get(path)!);
  const length = rowLength(node);
  return { node, rows: (start, end) => data.subarray(start * length, end * length) };
}

/** @throws StoreError for damaged parts, and "invalid" for arrays that make no ground truth. */
export async function readTruth(
  storage: Storage,
  nodes: ReadonlyMap<string, ArrayNode>,
  attributes: TruthAttributes,
): Promise<GroundTruth> {
  const read = <T extends TypedArray>(path: string) =>
    readArray(storage, nodes.get(path)!) as Promise<T>;
  const core: Record<string, Float64NdArray> = {};
  const step_fields: GivenField[] = [];
  const coordinates = attributes.coordinates?.split(" ") ?? [];
  const nameOf = (path: string) => path.slice(TRUTH.length + 1);
  const fields = [...nodes.values()].filter(
    ({ path }) =>
      path.startsWith(`${TRUTH}/`) && !PARTS.has(path) && !coordinates.includes(nameOf(path)),
  );
  const values = readAhead(fields, async (node) => ({
    node,
    value: nd(await read<Float64Array>(node.path), node.shape),
  }));
  for await (const { node, value } of values) {
    const { path, dims, attributes: marks } = node;
    const name = nameOf(path);
    if (KNOWN_FIELDS.has(path)) core[name] = value;
    else {
      const { unit, description } = marks as { unit: string; description: string };
      step_fields.push({ name, dims, unit, description, value });
    }
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
    const planted = FootprintStack.fromArrays(parts);
    const structure = { planted, fov_offset, fov_shape, spike_times_s, focal_depth_um };
    return GroundTruth.fromArrays(core, { ...structure, step_fields });
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
