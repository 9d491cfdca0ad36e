// Zarr v3 metadata of arrays and groups, in the one dialect that a store uses.
// Specification: https://zarr-specs.readthedocs.io/en/latest/v3/core/
import { z } from "zod";
import { codecsOf } from "./codec.ts";
import { DTYPES } from "./dtype.ts";
import { partError } from "./error.ts";
import { type ArrayGrid, chunkShape } from "./grid.ts";
import { toJson } from "./json.ts";

export interface ArrayNode extends ArrayGrid {
  readonly dims: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface GroupNode {
  readonly path: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export const metadataKey = (path: string): string =>
  path === "" ? "zarr.json" : `${path}/zarr.json`;

export function arrayDocument(node: ArrayNode): Record<string, unknown> {
  return {
    zarr_format: 3,
    node_type: "array",
    shape: node.shape,
    data_type: node.dtype,
    chunk_grid: { name: "regular", configuration: { chunk_shape: chunkShape(node) } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    codecs: codecsOf(node.dtype),
    fill_value: node.dtype === "bool" ? false : 0,
    dimension_names: node.dims,
    attributes: node.attributes,
  };
}

export function groupDocument(node: GroupNode): Record<string, unknown> {
  return { zarr_format: 3, node_type: "group", attributes: node.attributes };
}

/** A group that lists all nodes below it, so that readers need not search for them. */
export function consolidated(
  group: GroupNode,
  arrays: readonly ArrayNode[],
  groups: readonly GroupNode[],
): Record<string, unknown> {
  const prefix = group.path === "" ? "" : `${group.path}/`;
  const below = ({ path }: { path: string }) => path !== group.path && path.startsWith(prefix);
  const local = (path: string) => path.slice(prefix.length);
  const metadata = Object.fromEntries([
    ...groups.filter(below).map((node) => [local(node.path), groupDocument(node)]),
    ...arrays.filter(below).map((node) => [local(node.path), arrayDocument(node)]),
  ]);
  const inline = { kind: "inline", must_understand: false, metadata };
  return { ...groupDocument(group), consolidated_metadata: inline };
}

const length = z.int().min(0);
const attributes = z.record(z.string(), z.unknown());
const arraySchema = z.strictObject({
  zarr_format: z.literal(3),
  node_type: z.literal("array"),
  shape: z.array(length),
  data_type: z.enum(DTYPES),
  chunk_grid: z.strictObject({
    name: z.literal("regular"),
    configuration: z.strictObject({ chunk_shape: z.array(length.min(1)) }),
  }),
  chunk_key_encoding: z.strictObject({
    name: z.literal("default"),
    configuration: z.strictObject({ separator: z.literal("/") }).optional(),
  }),
  codecs: z.array(z.unknown()),
  fill_value: z.unknown(),
  dimension_names: z.array(z.string()),
  attributes: z.looseObject({ unit: z.string(), description: z.string() }),
  storage_transformers: z.tuple([]).optional(),
});

const groupSchema = z.looseObject({
  zarr_format: z.literal(3),
  node_type: z.literal("group"),
  attributes,
});

export const rootSchema = groupSchema.extend({
  consolidated_metadata: z.looseObject({
    kind: z.literal("inline"),
    metadata: z.record(z.string(), z.looseObject({ node_type: z.enum(["array", "group"]) })),
  }),
});

/** @throws StoreError "invalid" that names the key and the place in its document. */
export function parseArray(key: string, path: string, document: unknown): ArrayNode {
  const found = parseAs(arraySchema, key, document);
  const chunks = found.chunk_grid.configuration.chunk_shape;
  const node: ArrayNode = {
    path,
    dtype: found.data_type,
    shape: found.shape,
    chunkRows: chunks[0] ?? 1,
    dims: found.dimension_names,
    attributes: found.attributes,
  };
  const fail = (problem: string) => partError("invalid", key, problem);
  if (node.dims.length !== node.shape.length) {
    throw fail(`names ${node.dims.length} dimensions of ${node.shape.length}`);
  }
  if (String(chunks) !== String(chunkShape(node))) {
    throw fail(`has chunks of ${chunks.join(" × ")}, which are not whole rows of the array`);
  }
  if (toJson(found.codecs) !== toJson(codecsOf(node.dtype))) {
    throw fail(`has codecs other than those of a ${node.dtype} array of this format`);
  }
  return node;
}

export function parseGroup(key: string, path: string, document: unknown): GroupNode {
  return { path, attributes: parseAs(groupSchema, key, document).attributes };
}

export function parseAs<T extends z.ZodType>(schema: T, key: string, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const place = issue.path.length > 0 ? ` at ${issue.path.map(String).join(".")}` : "";
  throw partError("invalid", key, `does not fit the format${place}: ${issue.message}`);
}
