// Guarded reading: type, shape and size of a dataset are checked before anything of it is read.
import type { Dataset, Entity, File, Metadata } from "h5wasm";
import { InteropError } from "../error.ts";
import type { Guard } from "./guard.ts";
import type { Hdf5 } from "./instance.ts";
import { decodeColumns } from "./table.ts";

/** A row-major array of numbers. */
export interface Numbers {
  readonly shape: readonly number[];
  /** Float32Array where the file holds those. */
  readonly data: Float32Array | Float64Array;
}

export type Range = readonly [start: number, end: number];

export interface Layout {
  readonly shape: readonly number[];
  /** Null where it is not in chunks. */
  readonly chunks: readonly number[] | null;
  readonly type: `${"u" | ""}int${8 | 16 | 32 | 64}` | `float${8 | 16 | 32 | 64}`;
}

export interface Expected {
  /** How many dimensions, or which numbers of them may be. */
  readonly dims?: number | readonly number[];
  /** Name of each dimension, for messages. */
  readonly layout?: string;
}

// Deflate makes at most 1032 bytes of one; a file that promises more than this is hostile or damaged.
const MOST_EXPANSION = 4096;
// What one read asks of the library's 2 GiB.
const SLAB_BYTES = 1 << 24;
const MOST_SLAB_BYTES = 1 << 29;
/** The library holds what it reads packed, unpacked and converted; unpacking, it doubles. */
const READ_COPIES = 4;
// Filters that the library has: deflate, shuffle, Fletcher32, nbit, scale-offset.
const KNOWN_FILTERS = new Set([1, 2, 3, 5, 6]);

const MOST_TEXT_BYTES = 1 << 20;

const ELSEWHERE = Symbol("in another file");

/** One value of a modest size. */
const isSingle = (metadata: Metadata): boolean =>
  metadata.total_size === 1 && metadata.shape !== null && metadata.size <= MOST_TEXT_BYTES;

/** An HDF5 file open for reading. Paths are absolute within the file; all errors name the file and the path in it. */
export class H5Source {
  readonly path: string;
  /** Where the last access went. */
  place = "/";
  /** Whether a call of the library failed that was no error here. */
  hasFailed = false;
  readonly #size: number;
  readonly #hdf5: Hdf5;
  readonly #file: File;
  readonly #guard: Guard;

  constructor(path: string, size: number, hdf5: Hdf5, file: File, guard: Guard) {
    this.path = path;
    this.#size = size;
    this.#hdf5 = hdf5;
    this.#file = file;
    this.#guard = guard;
  }

  /** Whether a path leads into another file, which is not opened. */
  isElsewhere(at: string): boolean {
    return this.#find(at) === ELSEWHERE;
  }

  /** @throws InteropError "unsupported" for what lies in another file, as all that follow. */
  kind(at: string): "group" | "dataset" | null {
    const found = this.#get(at);
    if (found instanceof this.#hdf5.Group) return "group";
    return found instanceof this.#hdf5.Dataset ? "dataset" : null;
  }

  /** Names in a group; none where there is no group. */
  keys(at: string): string[] {
    const found = this.#get(at);
    return found instanceof this.#hdf5.Group ? found.keys() : [];
  }

  /** An attribute that is one text or one number; null where there is none such. */
  attribute(at: string, name: string): string | number | null {
    const found = this.#get(at);
    if (!(found instanceof this.#hdf5.Group || found instanceof this.#hdf5.Dataset)) return null;
    const attribute = found.attrs[name];
    if (!attribute || !isSingle(attribute.metadata)) return null;
    const value = [attribute.value].flat()[0];
    const single = ArrayBuffer.isView(value) ? (value as Float64Array)[0] : value;
    if (typeof single === "bigint") return Number(single);
    return typeof single === "string" || typeof single === "number" ? single : null;
  }

  /** A dataset of one text; null where there is none such. */
  text(at: string): string | null {
    const found = this.#get(at);
    if (!(found instanceof this.#hdf5.Dataset)) return null;
    const { type } = found.metadata;
    const isText = type === this.#hdf5.Module.H5T_class_t.H5T_STRING.value;
    if (!isText || !isSingle(found.metadata)) return null;
    return String([found.value].flat()[0]);
  }

  /** The shape of a dataset of numbers. @throws InteropError "malformed" when there is none. */
  shapeOf(at: string, expected: Expected = {}): readonly number[] {
    return this.#checked(at, expected).shape!;
  }

  /**
   * All numbers of a dataset.
   * @throws InteropError "malformed" for what is missing, of another type or shape, or larger than the file can hold;
   * "unsupported" for a compression that is not read.
   */
  numbers(at: string, expected: Expected = {}): Numbers {
    const { shape, total_size, type, size } = this.#checked(at, expected);
    const isSingle = type === this.#hdf5.Module.H5T_class_t.H5T_FLOAT.value && size === 4;
    const data = isSingle ? new Float32Array(total_size) : new Float64Array(total_size);
    const [rows = 1] = shape!;
    if (shape!.length === 0) {
      data[0] = Number(this.#dataset(at).value);
      return { shape: [], data };
    }
    const width = rows === 0 ? 0 : total_size / rows;
    const step = Math.max(1, Math.floor(SLAB_BYTES / Math.max(1, width * 8)));
    for (let start = 0; start < rows && width > 0; start += step) {
      data.set(this.rows(at, start, Math.min(start + step, rows)), start * width);
    }
    return { shape: shape!, data };
  }

  /** Indices start … end − 1 of the first dimension. */
  rows(at: string, start: number, end: number): ArrayLike<number> {
    const [, ...others] = this.#checked(at, {}).shape!;
    return this.box(at, [[start, end], ...others.map((length): Range => [0, length])]);
  }

  /** Indices start … end − 1 of each dimension. */
  box(at: string, ranges: readonly Range[]): ArrayLike<number> {
    const { size } = this.#checked(at, {});
    const bytes = ranges.reduce((items, [start, end]) => items * (end - start), size);
    if (bytes > MOST_SLAB_BYTES) {
      throw this.malformed(at, `has rows of ${bytes} bytes, more than are read`);
    }
    const values = this.#sliced(at, ranges, bytes);
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      return Float64Array.from(values, Number);
    }
    if (!ArrayBuffer.isView(values)) throw this.malformed(at, "does not hold plain numbers");
    return values as Float64Array;
  }

  /** How a dataset of numbers lies in the file: its shape, the chunks of it, and what its numbers are. @throws as `shapeOf`. */
  layoutOf(at: string): Layout {
    const { shape, chunks, type, size, signed } = this.#checked(at, {});
    const isFloat = type === this.#hdf5.Module.H5T_class_t.H5T_FLOAT.value;
    const kind = isFloat ? "float" : signed ? "int" : "uint";
    return { shape: shape!, chunks, type: `${kind}${(size * 8) as 8 | 16 | 32 | 64}` };
  }

  #sliced(at: string, ranges: readonly Range[], bytes: number): unknown {
    const dataset = this.#dataset(at);
    const { chunks, size } = dataset.metadata;
    const chunkBytes = chunks?.reduce((items, length) => items * length, size) ?? 0;
    this.#guard.allow(READ_COPIES * (bytes + chunkBytes));
    return dataset.slice(ranges.map(([start, end]) => [start, end]));
  }

  /** Columns of a one-dimensional table (a compound type), by name. @throws InteropError "malformed". */
  columns(at: string, names: readonly string[]): Float64Array[] {
    this.demandTable(at, names);
    const { total_size, size } = this.#dataset(at).metadata;
    this.#checkStorage(at, this.#dataset(at));
    this.#checkSize(at, total_size * size);
    return decodeColumns(this.#hdf5, this.#dataset(at), names, (problem) =>
      this.malformed(at, problem),
    );
  }

  /** @throws InteropError "malformed" when nothing, or the other, is there. */
  demand(at: string, kind: "group" | "dataset"): void {
    const found = this.kind(at);
    if (found !== kind) throw this.#wanting(at, kind, found);
  }

  /** @throws InteropError "malformed" when there is no table of one dimension. */
  demandTable(at: string, names: readonly string[]): void {
    const { type, shape, compound_type } = this.#dataset(at).metadata;
    const isTable = type === this.#hdf5.Module.H5T_class_t.H5T_COMPOUND.value && compound_type;
    if (isTable && shape?.length === 1) return;
    throw this.malformed(at, `is not a table of ${names.join(", ")}`);
  }

  /** Of the first dimension of a dataset of anything. */
  lengthOf(at: string): number {
    return this.#dataset(at).metadata.shape?.[0] ?? 0;
  }

  /** The shape of a dataset of anything. */
  shapeAt(at: string): readonly number[] {
    return this.#dataset(at).metadata.shape ?? [];
  }

  /** Whether a dataset holds numbers. */
  isNumeric(at: string): boolean {
    const { H5T_INTEGER, H5T_FLOAT, H5T_ENUM } = this.#hdf5.Module.H5T_class_t;
    const { type } = this.#dataset(at).metadata;
    return [H5T_INTEGER, H5T_FLOAT, H5T_ENUM].some(({ value }) => value === type);
  }

  /** Whether a dataset holds true and false, as h5py saves NumPy's booleans. */
  isBoolean(at: string): boolean {
    return this.#dataset(at).metadata.type === this.#hdf5.Module.H5T_class_t.H5T_ENUM.value;
  }

  malformed(at: string, problem: string, options?: ErrorOptions): InteropError {
    return new InteropError("malformed", `${this.path}: ${at} ${problem}.`, options);
  }

  /** What lies in another file, or takes its data from one. */
  elsewhere(at: string): InteropError {
    return this.unsupported(at, "lies in another file, and only this one is opened");
  }

  unsupported(at: string, problem: string): InteropError {
    return new InteropError("unsupported", `${this.path}: ${at} ${problem}.`);
  }

  #get(at: string) {
    const found = this.#find(at);
    if (found !== ELSEWHERE) return found;
    throw this.elsewhere(at);
  }

  #find(at: string): Entity | null | typeof ELSEWHERE {
    this.place = at;
    this.#guard.refusedFile = null;
    try {
      const found = this.#file.get(at);
      return this.#guard.refusedFile === null ? found : ELSEWHERE;
    } catch (error) {
      this.hasFailed = true;
      if (this.#guard.refusedFile !== null) return ELSEWHERE;
      // HDF5 calls it an error to look below a dataset; here there is just nothing.
      if (this.#isBelowDataset(at)) return null;
      throw error;
    }
  }

  #isBelowDataset(at: string): boolean {
    const parents = [...at.matchAll(/(?<=.)\//g)].map(({ index }) => at.slice(0, index));
    for (const parent of parents) {
      const found = this.#file.get(parent);
      if (!(found instanceof this.#hdf5.Group)) return found instanceof this.#hdf5.Dataset;
    }
    return false;
  }

  #dataset(at: string) {
    const found = this.#get(at);
    if (found instanceof this.#hdf5.Dataset) return found;
    throw this.#wanting(at, "dataset", found);
  }

  #wanting(at: string, kind: "group" | "dataset", found: unknown): InteropError {
    return this.malformed(
      at,
      found === null
        ? `is missing: a ${kind} is needed there`
        : `is a ${kind === "group" ? "dataset" : "group"}, where a ${kind} is needed`,
    );
  }

  #checked(at: string, { dims, layout }: Expected): Metadata {
    const dataset = this.#dataset(at);
    const { metadata } = dataset;
    const { H5T_INTEGER, H5T_FLOAT, H5T_ENUM } = this.#hdf5.Module.H5T_class_t;
    const isNumber = [H5T_INTEGER, H5T_FLOAT, H5T_ENUM].some(
      ({ value }) => value === metadata.type,
    );
    if (!isNumber || (metadata.type === H5T_FLOAT.value && metadata.size < 4)) {
      throw this.malformed(at, "does not hold integers or floats of 32 or 64 bits");
    }
    const { shape } = metadata;
    const allowed = dims === undefined ? null : [dims].flat();
    if (!shape || (allowed && !allowed.includes(shape.length))) {
      const has = shape ? `${shape.length} (${shape.join(" × ")})` : "none";
      const wanted = `${allowed?.join(" or ") ?? "some"}${layout ? ` (${layout})` : ""}`;
      throw this.malformed(at, `needs ${wanted} dimensions and has ${has}`);
    }
    this.#checkStorage(at, dataset);
    this.#checkSize(at, metadata.total_size * metadata.size);
    return metadata;
  }

  /** How the data lie in the file: all in it, in pieces of a modest size, packed in a way that the library knows. */
  #checkStorage(at: string, { metadata, filters }: Dataset): void {
    if (metadata.virtual_sources?.length) {
      throw this.unsupported(
        at,
        "is a virtual dataset: its data lie elsewhere, which is not followed",
      );
    }
    const unknown = filters.find(({ id }) => !KNOWN_FILTERS.has(id));
    if (unknown) {
      throw this.unsupported(
        at,
        `is compressed with ${unknown.name || `filter ${unknown.id}`}, which is not read; write it with gzip or uncompressed`,
      );
    }
    const chunkBytes =
      metadata.chunks?.reduce((items, length) => items * length, metadata.size) ?? 0;
    if (chunkBytes > MOST_SLAB_BYTES) {
      throw this.malformed(at, `is stored in chunks of ${chunkBytes} bytes, more than are read`);
    }
  }

  #checkSize(at: string, bytes: number): void {
    if (bytes <= MOST_EXPANSION * this.#size) return;
    throw this.malformed(at, `claims ${bytes} bytes, which a file of ${this.#size} cannot hold`);
  }
}
