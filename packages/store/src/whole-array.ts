// An array beside the movies: where it lies in a store, and its rows.
import type { RowReader } from "./array-io.ts";
import { chunkRowsFor, rowBytes } from "./grid.ts";
import type { ArrayNode } from "./metadata.ts";
import type { KnownField } from "./truth-fields.ts";

export interface WholeArray {
  readonly node: ArrayNode;
  /** Reads a part of it: a field that is computed when asked for is never computed as a whole. */
  readonly rows: RowReader;
  /** To be awaited before the first row. */
  readonly ready?: () => Promise<void>;
}

export function nodeOf(
  path: string,
  shape: readonly number[],
  { dtype, dims, unit, description }: KnownField,
): ArrayNode {
  const chunkRows = chunkRowsFor(shape[0] ?? 1, rowBytes(dtype, shape));
  return { path, dtype, shape, chunkRows, dims, attributes: { unit, description } };
}
