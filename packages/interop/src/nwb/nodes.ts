// The building blocks of an NWB file: typed groups and datasets, tables with their columns, time series.
import type { Attributes, H5Array, H5Sink } from "../h5/sink.ts";
import { hexDigest } from "./digest.ts";

export interface Timing {
  readonly fps: number;
}

/** Writes objects of NWB's types. Object ids derive from the recording and the path: the same recording, the same file. */
export class Nodes {
  readonly sink: H5Sink;
  readonly #seed: string;

  constructor(sink: H5Sink, seed: string) {
    this.sink = sink;
    this.#seed = seed;
  }

  /** The attributes that make an object one of NWB's types. */
  typed(path: string, type: string, attributes: Attributes = {}): Attributes {
    const isCommon = COMMON_TYPES.has(type);
    return {
      ...attributes,
      neurodata_type: type,
      namespace: isCommon ? "hdmf-common" : "core",
      object_id: this.#objectId(path),
    };
  }

  group(path: string, type: string, attributes: Attributes = {}): void {
    this.sink.group(path, this.typed(path, type, attributes));
  }

  texts(group: string, texts: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(texts)) this.sink.text(`${group}/${name}`, value);
  }

  /** A table of `rows` rows; its columns follow by `column`, in the order of `colnames`. */
  table(
    path: string,
    type: string,
    {
      rows,
      colnames,
      description,
    }: { rows: number; colnames: readonly string[]; description: string },
  ): void {
    this.group(path, type, { description, colnames });
    const ids = Int32Array.from({ length: rows }, (_, i) => i);
    this.sink.array(`${path}/id`, ids, [rows], this.typed(`${path}/id`, "ElementIdentifiers"));
  }

  column(
    path: string,
    description: string,
    data: H5Array,
    shape: readonly number[] = [data.length],
  ): void {
    this.sink.array(path, data, shape, this.typed(path, "VectorData", { description }));
  }

  /** Ends of the rows of a ragged column that is at `path` already. */
  index(path: string, ends: Uint32Array): void {
    const at = `${path}_index`;
    const description = `Index for ${path.slice(path.lastIndexOf("/") + 1)}`;
    this.sink.array(at, ends, [ends.length], this.typed(at, "VectorIndex", { description }));
    this.sink.reference(at, "target", path);
  }

  /** All rows of a table, in order. */
  region(path: string, description: string, table: string, rows: number): void {
    const all = Int32Array.from({ length: rows }, (_, i) => i);
    const attributes = this.typed(path, "DynamicTableRegion", { description });
    this.sink.array(path, all, [rows], attributes);
    this.sink.reference(path, "table", table);
  }

  /** The group of a time series and its clock; `${path}/data` follows, with `dataAttributes`. */
  series(
    path: string,
    type: string,
    description: string,
    { fps }: Timing,
    more: Attributes = {},
  ): void {
    this.group(path, type, { description, comments: "no comments", ...more });
    this.sink.array(`${path}/starting_time`, Float64Array.of(0), [], {
      unit: "seconds",
      rate: Float64Array.of(fps),
    });
  }

  #objectId(path: string): string {
    const hash = hexDigest(`${this.#seed} ${path}`);
    // RFC 9562, version 8: bits of one's own.
    const parts = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`];
    return [...parts, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join("-");
  }
}

const COMMON_TYPES = new Set([
  "DynamicTable",
  "DynamicTableRegion",
  "ElementIdentifiers",
  "VectorData",
  "VectorIndex",
]);

export const dataAttributes = (unit: string): Attributes => ({
  unit,
  conversion: Float32Array.of(1),
  offset: Float32Array.of(0),
  resolution: Float32Array.of(-1),
});
