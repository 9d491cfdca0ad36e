// Writing: groups, texts, arrays and attributes by path, and datasets that are filled piece by piece.
import type { Dataset, File, Group } from "h5wasm";
import { timeless } from "./clock.ts";
import type { Hdf5 } from "./instance.ts";

export type H5Array =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;
type Constructor = new (length: number) => H5Array;

type Column = typeof Uint32Array | typeof Float32Array;
/** Records that are stored as one chunk; they are written by as many, or each write would unpack the chunk again. */
export const RECORD_CHUNK = 1 << 16;

/** Bytes of a chunk of what is written at once: what the library's cache holds. */
const CHUNK_BYTES = 1 << 20;
const FLETCHER32 = 3;
const GZIP_LEVEL = 1;

/**
 * Every chunk has a checksum, so that damage is an error to whoever reads it: Fletcher's, or gzip's own (Adler-32). The library sets
 * one filter, and only on chunks: scalars, texts and arrays without values have none.
 */
function checkedStorage(chunks: readonly number[] | null, gzip = false) {
  if (chunks === null) return {};
  const [compression, options] = gzip ? (["gzip", GZIP_LEVEL] as const) : [FLETCHER32, []];
  return { chunks: [...chunks], compression, compression_opts: options as number[] };
}

/** Some rows of the array; null for a scalar, and where there are no values. */
function wholeChunks(
  { BYTES_PER_ELEMENT, length }: H5Array,
  shape: readonly number[],
): readonly number[] | null {
  const [rows, ...rest] = shape;
  if (rows === undefined || length === 0) return null;
  const rowBytes = (length / rows) * BYTES_PER_ELEMENT;
  return [Math.min(rows, Math.max(1, Math.floor(CHUNK_BYTES / rowBytes))), ...rest];
}

/** A text, several texts, or an array of one number (a scalar) or more. */
export type AttributeValue = string | readonly string[] | H5Array;
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface StreamedLayout {
  readonly type: Constructor;
  readonly shape: readonly number[];
  /** Cut to the shape. */
  readonly chunks: readonly number[];
  readonly gzip?: boolean;
}

/** A dataset whose parts are written one after another; what is never written reads as 0 and takes no space. */
export interface Streamed {
  /** One [start, end) a dimension; the values row-major. */
  write(ranges: readonly (readonly [number, number])[], values: H5Array): void;
}

/** An HDF5 file being written. Paths have no leading slash; groups above must exist. */
export class H5Sink {
  readonly #file: File;
  readonly #hdf5: Hdf5;

  constructor(hdf5: Hdf5, file: File) {
    this.#hdf5 = hdf5;
    this.#file = file;
  }

  group(path: string, attributes: Attributes = {}): void {
    timeless(() => this.#file.create_group(path));
    this.attributes(path, attributes);
  }

  /** An array of numbers, whole; `shape` [] for a scalar. */
  array(path: string, data: H5Array, shape: readonly number[], attributes: Attributes = {}): void {
    const storage = checkedStorage(wholeChunks(data, shape));
    timeless(() => this.#file.create_dataset({ name: path, data, shape: [...shape], ...storage }));
    this.attributes(path, attributes);
  }

  text(path: string, value: string, attributes: Attributes = {}): void {
    timeless(() => this.#file.create_dataset({ name: path, data: value, shape: [] }));
    this.attributes(path, attributes);
  }

  texts(path: string, values: readonly string[], attributes: Attributes = {}): void {
    const shape = [values.length];
    timeless(() => this.#file.create_dataset({ name: path, data: [...values], shape, dtype: "S" }));
    this.attributes(path, attributes);
  }

  /** A table of `rows` records of 32-bit columns, which are written one run after another. */
  records(
    path: string,
    columns: readonly (readonly [name: string, type: Column])[],
    rows: number,
    attributes: Attributes = {},
  ): (start: number, records: Uint8Array) => void {
    const chunks = rows === 0 ? null : [Math.min(rows, RECORD_CHUNK)];
    const storage = { ...checkedStorage(chunks), ...(chunks ? { maxshape: [rows] } : {}) };
    const data = new Map(columns.map(([name, type]) => [name, new type(0)]));
    const dataset = timeless(() => {
      const made = this.#file.create_dataset({ name: path, data, shape: [0], ...storage });
      if (rows > 0) made.resize([rows]);
      return made;
    });
    this.attributes(path, attributes);
    return (start, records) => this.#putRecords(dataset, columns.length * 4, start, records);
  }

  /** Bytes as they lie in the file: the library's own way visits every member of every record. */
  #putRecords(dataset: Dataset, size: number, start: number, records: Uint8Array): void {
    if (records.length === 0) return;
    const { Module } = this.#hdf5;
    const pointer = Module._malloc(records.length);
    try {
      Module.HEAPU8.set(records, pointer);
      const count = [BigInt(records.length / size)];
      const { file_id, path } = dataset;
      timeless(() =>
        Module.set_dataset_data(file_id, path, count, [BigInt(start)], [1n], BigInt(pointer)),
      );
    } finally {
      Module._free(pointer);
    }
  }

  /** A dataset of zeros to be filled; `chunks` are what is read and compressed at once. */
  streamed(path: string, layout: StreamedLayout, attributes: Attributes = {}): Streamed {
    const { type, chunks, gzip = false } = layout;
    const shape = [...layout.shape];
    const isEmpty = shape.includes(0);
    if (isEmpty) {
      this.array(path, new type(0), shape, attributes);
      return { write: () => {} };
    }
    const dataset = timeless(() => {
      // The library makes no dataset without its data: an empty one is made, and grown at once.
      const made = this.#file.create_dataset({
        name: path,
        data: new type(0),
        shape: [0, ...shape.slice(1)],
        maxshape: shape,
        ...checkedStorage(
          chunks.map((length, axis) => Math.max(1, Math.min(length, shape[axis]!))),
          gzip,
        ),
      });
      made.resize(shape);
      return made;
    });
    this.attributes(path, attributes);
    return {
      write: (ranges, values) => {
        if (values.length === 0) return;
        const slices = ranges.map(([start, end]): [number, number] => [start, end]);
        timeless(() => dataset.write_slice(slices, values));
      },
    };
  }

  attributes(path: string, attributes: Attributes): void {
    const entries = Object.entries(attributes);
    if (entries.length === 0) return;
    const object = this.#object(path);
    for (const [name, value] of entries) {
      const isScalar =
        typeof value === "string" || (ArrayBuffer.isView(value) && value.length === 1);
      const data = Array.isArray(value) ? [...value] : (value as string | H5Array);
      const dtype = Array.isArray(value) ? "S" : null;
      timeless(() => object.create_attribute(name, data, isScalar ? [] : [data.length], dtype));
    }
  }

  /** An attribute that points to another object. */
  reference(path: string, name: string, target: string): void {
    timeless(() =>
      this.#object(path).create_attribute(name, this.#object(target).create_reference(), []),
    );
  }

  /** A soft link; the target is a path without leading slash. */
  link(path: string, target: string): void {
    timeless(() => this.#file.create_soft_link(`/${target}`, path));
  }

  #object(path: string): Group | Dataset {
    const found = this.#file.get(path === "" ? "/" : path);
    if (found instanceof this.#hdf5.Group || found instanceof this.#hdf5.Dataset) return found;
    throw new Error(`There is nothing at ${path} of the HDF5 file.`);
  }
}
