// One Zarr array, read chunk by chunk into numbers, with every size checked before it is believed.
import type * as zarr from "zarrita";
import { BoolArray, isZarritaError } from "zarrita";
import { InteropError } from "../error.ts";
import { TooLarge } from "./codecs.ts";

/** What chunks are read from. */
interface ChunkFiles {
  /** Whether the file asked for last was not there. */
  missing: boolean;
  /** The longest file that is read. */
  most: number;
}

export type Target = Float32Array | Float64Array | Int32Array | Uint8Array;

/** A part of an array: `shape` values from `origin` on; value (i, j, …) is data[i · stride[0] + j · stride[1] + …]. */
export interface Block {
  readonly origin: readonly number[];
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly data: ArrayLike<number | bigint>;
}

/** Indices start … end − 1 of an axis. */
export interface Within {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

// Sizes beyond these are taken for damage: 2 GiB of float64 in memory, 1 GiB in a chunk, a million files.
const MOST_VALUES = 2 ** 28;
const MOST_STREAMED_VALUES = 2 ** 32;
const MOST_CHUNK_VALUES = 2 ** 27;
const MOST_CHUNKS = 2 ** 20;
const MOST_ITEM_BYTES = 8;
/** Of a file of chunks: index, padding of the chunks at the edges. */
const MOST_OVERHEAD_BYTES = 2 ** 24;

const NUMERIC = /^(bool|u?int(8|16|32|64)|float(16|32|64))$/;

export class ZarrArray {
  /** The folder, for messages. */
  readonly place: string;
  readonly shape: readonly number[];
  /** Names of the dimensions, where the file says them. */
  readonly dims: readonly string[] | null;
  readonly dtype: string;
  readonly #array: zarr.Array<zarr.DataType>;
  readonly #files: ChunkFiles;

  constructor(place: string, array: zarr.Array<zarr.DataType>, files: ChunkFiles) {
    this.place = place;
    this.#array = array;
    this.#files = files;
    this.shape = array.shape;
    this.dtype = array.dtype;
    const names: unknown = array.dimensionNames ?? array.attrs?._ARRAY_DIMENSIONS ?? null;
    const named = Array.isArray(names) && names.length === this.shape.length;
    this.dims = named && names.every((name) => typeof name === "string") ? names : null;
    this.#check();
    // A shard holds many chunks, at most all of them; and what does not compress grows a little.
    files.most = 2 * product(this.shape) * MOST_ITEM_BYTES + MOST_OVERHEAD_BYTES;
  }

  /** The shape of its chunks. */
  get chunks(): readonly number[] {
    return this.#array.chunks;
  }

  /**
   * Its chunks: all, or those that hold some of the indices of an axis. Those that hold nothing but 0 are left out.
   * @throws InteropError "malformed" for a chunk that is missing, damaged or of the wrong size.
   */
  async *blocks(within?: Within): AsyncGenerator<Block> {
    const chunkShape = this.#array.chunks;
    const counts = this.shape.map((size, axis) => Math.ceil(size / chunkShape[axis]!));
    const firsts = counts.map(() => 0);
    if (within) {
      const { axis, start, end } = within;
      firsts[axis] = Math.floor(start / chunkShape[axis]!);
      counts[axis] = Math.ceil(end / chunkShape[axis]!) - firsts[axis]!;
    }
    const total = product(counts);
    for (let index = 0; index < total; index++) {
      const coords = unravel(index, counts).map((coord, axis) => coord + firsts[axis]!);
      const origin = coords.map((coord, axis) => coord * chunkShape[axis]!);
      const shape = origin.map((from, axis) =>
        Math.min(chunkShape[axis]!, this.shape[axis]! - from),
      );
      const { data, stride, isFill } = await this.#chunk(coords);
      // Nothing is stored where there is nothing.
      if (isFill && Number(data[0]) === 0) continue;
      yield { origin, shape, stride, data };
    }
  }

  /** All values, row-major, converted to the target's type. @throws InteropError "malformed" for more than memory should hold. */
  async readInto<T extends Target>(make: (length: number) => T): Promise<T> {
    if (product(this.shape) > MOST_VALUES) throw this.#tooLarge();
    const target = make(product(this.shape));
    const strides = rowMajor(this.shape);
    for await (const block of this.blocks()) {
      forEachValue(block, (index, value) => {
        let to = 0;
        for (let axis = 0; axis < index.length; axis++) {
          to += (block.origin[axis]! + index[axis]!) * strides[axis]!;
        }
        target[to] = value;
      });
    }
    return target;
  }

  read(): Promise<Float64Array> {
    return this.readInto((length) => new Float64Array(length));
  }

  async #chunk(coords: number[]) {
    const name = `${this.place}, chunk ${coords.join(".")}`;
    this.#files.missing = false;
    let chunk: { data: unknown; stride: number[] };
    try {
      chunk = (await this.#array.getChunk(coords)) as typeof chunk;
    } catch (cause) {
      if (cause instanceof InteropError) throw cause;
      if ((cause as Error).cause instanceof TooLarge) {
        throw new InteropError("malformed", `${name} unpacks to more than its shape holds.`, {
          cause,
        });
      }
      const unknown = [cause, (cause as Error).cause].some((error) =>
        isZarritaError(error, "UnknownCodecError"),
      );
      throw unknown
        ? new InteropError("unsupported", `${this.place} uses a codec that is not read.`, { cause })
        : new InteropError("malformed", `${name} cannot be decoded.`, { cause });
    }
    // Zarr leaves out chunks of nothing but the fill value; where that is no number, the chunk is lost.
    const fill = Number(this.#array.fillValue ?? Number.NaN);
    const isFill = this.#files.missing;
    if (isFill && !Number.isFinite(fill)) {
      throw new InteropError("malformed", `${name} is missing.`);
    }
    const values = numbers(chunk.data);
    const expected = product(this.#array.chunks);
    if (values.length !== expected) {
      throw new InteropError(
        "malformed",
        `${name} holds ${values.length} values instead of ${expected}.`,
      );
    }
    return { data: values, stride: chunk.stride, isFill };
  }

  #check(): void {
    const { chunks } = this.#array;
    const whole = (sizes: unknown, least: number): sizes is number[] =>
      Array.isArray(sizes) && sizes.every((size) => Number.isSafeInteger(size) && size >= least);
    const sized = whole(this.shape, 0) && whole(chunks, 1) && chunks.length === this.shape.length;
    if (!sized) {
      throw new InteropError("malformed", `${this.place} has metadata that contradicts itself.`);
    }
    const counts = this.shape.map((size, axis) => Math.ceil(size / chunks[axis]!));
    const tooLarge =
      product(this.shape) > MOST_STREAMED_VALUES ||
      product(chunks) > MOST_CHUNK_VALUES ||
      product(counts) > MOST_CHUNKS;
    if (tooLarge) throw this.#tooLarge();
    if (!NUMERIC.test(this.dtype)) {
      throw new InteropError("malformed", `${this.place} holds ${this.dtype}, not numbers.`);
    }
  }

  #tooLarge(): InteropError {
    const [shape, chunks] = [this.shape, this.#array.chunks].map((sizes) => sizes.join(" × "));
    return new InteropError(
      "malformed",
      `${this.place} claims ${shape} values in chunks of ${chunks}, more than is read.`,
    );
  }
}

/** Calls `visit` with every index of a block (reused between calls) and its value. */
export function forEachValue(
  { shape, stride, data }: Block,
  visit: (index: readonly number[], value: number) => void,
): void {
  const index = shape.map(() => 0);
  const total = product(shape);
  let from = 0;
  for (let done = 0; done < total; done++) {
    visit(index, Number(data[from]));
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      from += stride[axis]!;
      if (index[axis]! < shape[axis]!) break;
      from -= stride[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}

function numbers(data: unknown): ArrayLike<number | bigint> {
  if (data instanceof BoolArray) {
    return new Uint8Array(data.buffer, data.byteOffset, data.length);
  }
  return data as ArrayLike<number | bigint>;
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

function rowMajor(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  }
  return strides;
}

function unravel(index: number, counts: readonly number[]): number[] {
  const coords = counts.map(() => 0);
  let rest = index;
  for (let axis = counts.length - 1; axis >= 0; axis--) {
    coords[axis] = rest % counts[axis]!;
    rest = Math.floor(rest / counts[axis]!);
  }
  return coords;
}
