// An array beside the movies: where it lies in a store, and its rows.
import type { RowReader } from "./array-io.ts";
import type { ArrayNode } from "./metadata.ts";

export interface WholeArray {
  readonly node: ArrayNode;
  /** Reads a part of it: a field that is computed when asked for is never computed as a whole. */
  readonly rows: RowReader;
}
