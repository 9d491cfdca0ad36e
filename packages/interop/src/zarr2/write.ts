// Writes folders of Zarr format 2: one JSON document an array, chunks compressed by Zstandard.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bytesOf } from "../stream.ts";

const MAKE = {
  "|u1": (length: number) => new Uint8Array(length),
  "|b1": (length: number) => new Uint8Array(length),
  "<i4": (length: number) => new Int32Array(length),
  "<i8": (length: number) => new BigInt64Array(length),
  "<f4": (length: number) => new Float32Array(length),
  "<f8": (length: number) => new Float64Array(length),
} as const;

export type Zarr2Dtype = keyof typeof MAKE;
export type Values = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;

export interface ArrayLayout {
  readonly shape: readonly number[];
  readonly dtype: Zarr2Dtype;
  /** Names of the dimensions, as xarray keeps them. */
  readonly dims?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Of the first dimension; by default as many as fill some MB. */
  readonly chunkRows?: number;
}

// Decoded size of a chunk: a few of them in memory, few files on the disk.
const CHUNK_BYTES = 4 << 20;
const COMPRESSOR = { id: "zstd", level: 1 };

/** A root group and what is in it. What goes wrong is an error of the file system. */
export class Zarr2Writer {
  readonly #root: string;
  readonly #documents: Record<string, object> = {};
  #encode: ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined;

  private constructor(root: string) {
    this.#root = root;
  }

  static async create(
    root: string,
    attributes: Readonly<Record<string, unknown>> = {},
  ): Promise<Zarr2Writer> {
    const writer = new Zarr2Writer(root);
    await writer.group("", attributes);
    return writer;
  }

  async group(path: string, attributes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.#document(path, ".zgroup", { zarr_format: 2 });
    await this.#document(path, ".zattrs", attributes);
  }

  /** `pieces` are the values in row-major order, in runs of any length; numbers are converted to the array's type. */
  async array(
    path: string,
    layout: ArrayLayout,
    pieces: Iterable<Values> | AsyncIterable<Values>,
  ): Promise<void> {
    const { chunks, chunkLength } = await this.#describe(path, layout);
    const chunk = MAKE[layout.dtype](chunkLength) as Values;
    let filled = 0;
    let index = 0;
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; ) {
        const run = piece.subarray(at, at + chunkLength - filled);
        chunk.set(run, filled);
        filled += run.length;
        at += run.length;
        if (filled < chunkLength) continue;
        await this.#chunk(path, index, chunks.length, bytesOf(chunk));
        index += 1;
        filled = 0;
      }
    }
    if (filled === 0) return;
    // A chunk is always whole; what lies behind the last row has no meaning.
    chunk.fill(0, filled);
    await this.#chunk(path, index, chunks.length, bytesOf(chunk));
  }

  /** Whole numbers of 64 bits along one dimension: what xarray takes for an index. */
  async index(path: string, dim: string, length: number): Promise<void> {
    const values = BigInt64Array.from({ length }, (_, i) => BigInt(i));
    await this.#whole(path, { shape: [length], dtype: "<i8", dims: [dim] }, bytesOf(values));
  }

  /** Texts as fixed-width UTF-32: a scalar without `dim`, a list along it otherwise. */
  async texts(path: string, texts: readonly string[], dim?: string): Promise<void> {
    const points = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0)!));
    const width = Math.max(1, ...points.map(({ length }) => length));
    const values = new Uint32Array(texts.length * width);
    for (const [i, letters] of points.entries()) values.set(letters, i * width);
    const shape = dim === undefined ? [] : [texts.length];
    const dims = dim === undefined ? [] : [dim];
    await this.#whole(path, { shape, dtype: `<U${width}`, dims }, bytesOf(values));
  }

  /** Puts all documents so far into one, which readers then need not gather. */
  async consolidate(): Promise<void> {
    await this.#put(".zmetadata", { zarr_consolidated_format: 1, metadata: this.#documents });
  }

  async #describe(path: string, { shape, dtype, dims, attributes, chunkRows }: ArrayLayout) {
    const rest = shape.slice(1);
    const row = rest.reduce((a, b) => a * b, 1);
    const bytes = row * MAKE[dtype](1).BYTES_PER_ELEMENT;
    const fitting = Math.max(1, Math.floor(CHUNK_BYTES / Math.max(1, bytes)));
    const rows = Math.max(1, Math.min(shape[0] ?? 1, chunkRows ?? fitting));
    const chunks = [rows, ...rest].map((size) => Math.max(1, size));
    await this.#array(path, { shape, dtype, dims, attributes, chunks });
    return { chunks, chunkLength: chunks.reduce((a, b) => a * b, 1) };
  }

  async #whole(
    path: string,
    layout: { shape: readonly number[]; dtype: string; dims: readonly string[] },
    bytes: Uint8Array,
  ): Promise<void> {
    const chunks = layout.shape.map((size) => Math.max(1, size));
    await this.#array(path, { ...layout, chunks });
    if (bytes.length > 0) await this.#chunk(path, 0, chunks.length, bytes);
  }

  async #array(
    path: string,
    {
      shape,
      dtype,
      dims,
      attributes,
      chunks,
    }: {
      shape: readonly number[];
      dtype: string;
      dims?: readonly string[] | undefined;
      attributes?: Readonly<Record<string, unknown>> | undefined;
      chunks: readonly number[];
    },
  ): Promise<void> {
    // No fill value: xarray would take values equal to it for missing ones.
    await this.#document(path, ".zarray", {
      zarr_format: 2,
      shape,
      chunks,
      dtype,
      compressor: COMPRESSOR,
      fill_value: null,
      order: "C",
      filters: null,
    });
    if (dims) {
      await this.#document(path, ".zattrs", { _ARRAY_DIMENSIONS: dims, ...attributes });
    }
  }

  async #chunk(path: string, index: number, rank: number, bytes: Uint8Array): Promise<void> {
    this.#encode ??= await zstdEncoder();
    const key = [index, ...Array(Math.max(0, rank - 1)).fill(0)].join(".");
    await writeFile(join(this.#root, path, key), await this.#encode(bytes));
  }

  async #document(path: string, name: string, document: object): Promise<void> {
    const key = path === "" ? name : `${path}/${name}`;
    this.#documents[key] = document;
    await this.#put(key, document);
  }

  async #put(key: string, document: object): Promise<void> {
    const file = join(this.#root, key);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
  }
}

async function zstdEncoder(): Promise<(bytes: Uint8Array) => Promise<Uint8Array>> {
  const codec = (await import("numcodecs/zstd")).default.fromConfig(COMPRESSOR);
  return async (bytes) => codec.encode(bytes);
}
