// A recording in a store: its header at once, everything else when asked for.
import {
  checkedRange,
  croppedTo,
  type FrameRange,
  type GroundTruth,
  type MovieBlock,
  nd,
  type Recorded,
  Recording,
  type StageMovie,
} from "@minisim/recording";
import type { Container, Spec } from "@minisim/spec";
import { readRows } from "./array-io.ts";
import { CACHE_KEY_MISMATCH, type StoreAttributes, type StoreWarning } from "./attributes.ts";
import type { ContainerArray } from "./container.ts";
import { emptyArray } from "./dtype.ts";
import { StoreError } from "./error.ts";
import { chunkCount, product, rowLength, rowsOfChunk } from "./grid.ts";
import type { SnapshotInfo } from "./header.ts";
import { missingSteps } from "./missing-steps.ts";
import { type MovieLayout, type MovieNode, OBSERVED, SNAPSHOTS } from "./movie.ts";
import type { Storage } from "./storage.ts";
import { readStructure, type Structure } from "./structure.ts";
import { readTruth } from "./truth-arrays.ts";

export interface OpenOptions {
  /** Recomputes the cache key of a spec, where it can; a stored key that differs becomes a warning "cache_key_mismatch". */
  readonly cacheKey?: (spec: Spec) => string | undefined;
  /** The kinds of steps that there are; each other one of the spec becomes a warning "missing_step". */
  readonly kinds?: readonly string[];
}

export interface StoredRecording extends Recorded {
  readonly attributes: StoreAttributes;
  /** Those of the simulation, and what opening found. */
  readonly warnings: readonly StoreWarning[];
  /** "observed", then "snapshots/STAGE" in the order of the simulation. */
  readonly arrays: readonly string[];
  /** The movies of stages that it keeps, in the order of the simulation. */
  readonly snapshots: readonly SnapshotInfo[];
  /** Shape, container and chunk length of a movie. */
  layout(array?: string): MovieLayout;
  /** Whole frames of an array, those of a snapshot on the canvas. @throws RangeError for frames that do not exist. */
  readFrames(start: number, end: number, array?: string): Promise<ContainerArray>;
  /** All of it, in memory: the movie in the float type of the spec's output.store_dtype, the warnings with it. */
  load(): Promise<Recording>;
  /** Reads and decodes every chunk. Returns one error for each that is missing or damaged: none when all is whole. */
  verify(): Promise<readonly StoreError[]>;
}

/**
 * Opens a finished recording and checks its structure: format, version, spec, the metadata of every array, and that
 * every chunk is there. The chunks themselves are checked whenever they are read.
 * @throws StoreError with the key of the first part that is not as it must be.
 */
export async function openRecording(
  storage: Storage,
  { cacheKey, kinds }: OpenOptions = {},
): Promise<StoredRecording> {
  const structure = await readStructure(storage);
  const { attributes } = structure;
  const { spec, cache_key } = attributes;
  const warnings = [...attributes.warnings, ...missingSteps(attributes, kinds)];
  // One that was put together by hand has no key, so nothing can have changed since.
  const now = cache_key === "" ? "" : (cacheKey?.(spec) ?? cache_key);
  const mismatch = {
    code: CACHE_KEY_MISMATCH,
    path: [],
    message: `The recording was made under cache key ${cache_key}, but its spec has ${now} now: simulating it again may give another recording.`,
  };
  return new Stored(storage, structure, now === cache_key ? warnings : [...warnings, mismatch]);
}

/** Whether a recording lies in a store. */
export const isStoredRecording = (recorded: Recorded): recorded is StoredRecording =>
  "readFrames" in recorded;

class Stored implements StoredRecording {
  readonly attributes: StoreAttributes;
  readonly warnings: readonly StoreWarning[];
  readonly #storage: Storage;
  readonly #structure: Structure;
  readonly #movies: ReadonlyMap<string, MovieNode>;
  /** The last chunk read: neighbouring frames decode it once. */
  #last: { readonly path: string; readonly block: MovieBlock } | undefined;

  constructor(storage: Storage, structure: Structure, warnings: readonly StoreWarning[]) {
    this.#storage = storage;
    this.#structure = structure;
    this.attributes = structure.attributes;
    this.warnings = warnings;
    const stages = [...structure.stages.values()].map(({ node }) => node);
    this.#movies = new Map([structure.observed, ...stages].map((node) => [node.path, node]));
  }

  get spec(): Spec {
    return this.attributes.spec;
  }

  get cache_key(): string {
    return this.attributes.cache_key;
  }

  get step_revisions(): Recorded["step_revisions"] {
    return this.attributes.step_revisions;
  }

  get step_packages(): Recorded["step_packages"] {
    return this.attributes.step_packages;
  }

  get shape(): Recorded["shape"] {
    const [frames = 0, height = 0, width = 0] = this.layout().shape;
    return [frames, height, width];
  }

  get container(): Container {
    return this.layout().dtype;
  }

  get arrays(): readonly string[] {
    return [...this.#movies.keys()];
  }

  get snapshots(): readonly SnapshotInfo[] {
    return [...this.#structure.stages].map(([name, { node, fov_offset }]) => {
      const [frames = 0, height = 0, width = 0] = node.shape;
      return { name, shape: [frames, height, width], fov_offset };
    });
  }

  layout(array = OBSERVED): MovieLayout {
    const { path, shape, dtype, chunkRows } = this.#movie(array);
    return { path, shape, dtype, chunkRows };
  }

  truth(): Promise<GroundTruth> {
    return readTruth(this.#storage, this.#structure.arrays, this.#structure.truth);
  }

  async readFrames(start: number, end: number, array = OBSERVED): Promise<ContainerArray> {
    const movie = this.#movie(array);
    checkedRange({ start, end }, movie.shape[0]!);
    const size = rowLength(movie);
    const result: ContainerArray = emptyArray(movie.dtype, (end - start) * size);
    for (let at = start; at < end; ) {
      const block = await this.#block(movie, Math.floor(at / movie.chunkRows));
      const until = Math.min(end, block.end);
      const part = block.data.subarray((at - block.start) * size, (until - block.start) * size);
      result.set(part, (at - start) * size);
      at = until;
    }
    return result;
  }

  async *frames(range?: FrameRange, stage?: string): AsyncGenerator<MovieBlock> {
    const movie = stage === undefined ? this.#movie(OBSERVED) : this.#stage(stage);
    const { start: first, end: last } = checkedRange(range, movie.shape[0]!);
    const size = rowLength(movie);
    for (let at = first; at < last; ) {
      const block = await this.#read(movie, Math.floor(at / movie.chunkRows));
      const end = Math.min(last, block.end);
      const data = block.data.subarray((at - block.start) * size, (end - block.start) * size);
      const frames = { start: at, end, data };
      yield stage === undefined ? frames : this.#inView(stage, frames);
      at = end;
    }
  }

  async load(): Promise<Recording> {
    const { output } = this.spec;
    const snapshots: Record<string, StageMovie> = {};
    for (const [name, { fov_offset }] of this.#structure.stages) {
      const movie = await this.#load(`${SNAPSHOTS}/${name}`, "float32");
      snapshots[name] = { name, movie, fov_offset };
    }
    return new Recording({
      spec: this.spec,
      cache_key: this.cache_key,
      step_revisions: this.step_revisions,
      step_packages: this.step_packages,
      container: this.container,
      observed: await this.#load(OBSERVED, output.store_dtype),
      ground_truth: await this.truth(),
      snapshots,
      warnings: this.warnings.map((warning) => ({ severity: "warning", ...warning })),
    });
  }

  async verify(): Promise<readonly StoreError[]> {
    const problems: StoreError[] = [];
    for (const node of this.#structure.arrays.values()) {
      for (let index = 0; index < chunkCount(node); index++) {
        try {
          await readRows(this.#storage, node, index);
        } catch (error) {
          if (!(error instanceof StoreError)) throw error;
          problems.push(error);
        }
      }
    }
    return problems;
  }

  async #load(array: string, dtype: "float32" | "float64") {
    const movie = this.#movie(array);
    const pixels = emptyArray(dtype, product(movie.shape));
    for (let index = 0; index < chunkCount(movie); index++) {
      const { start, data } = await this.#read(movie, index);
      pixels.set(data, start * rowLength(movie));
    }
    return pixels instanceof Float32Array ? nd(pixels, movie.shape) : nd(pixels, movie.shape);
  }

  async #block(movie: MovieNode, index: number): Promise<MovieBlock> {
    const last = this.#last;
    if (last?.path === movie.path && last.block.start === index * movie.chunkRows) {
      return last.block;
    }
    const block = await this.#read(movie, index);
    this.#last = { path: movie.path, block };
    return block;
  }

  async #read(movie: MovieNode, index: number): Promise<MovieBlock> {
    const [start, end] = rowsOfChunk(movie, index);
    const data = (await readRows(this.#storage, movie, index)) as ContainerArray;
    return { start, end, data };
  }

  #stage(name: string): MovieNode {
    const kept = this.#structure.stages.get(name);
    if (kept) return kept.node;
    const names = [...this.#structure.stages.keys()];
    throw new RangeError(
      `This recording keeps no stage "${name}"; it keeps ${names.join(", ") || "none (set output.save_intermediates)"}.`,
    );
  }

  /** Frames of a stage, which may lie on the canvas, cropped to the field of view. */
  #inView(stage: string, { start, end, data }: MovieBlock): MovieBlock {
    const { node, fov_offset } = this.#structure.stages.get(stage)!;
    const [height, width] = this.#structure.truth.fov_shape;
    const movie = nd(data as Float32Array, [end - start, node.shape[1]!, node.shape[2]!]);
    return { start, end, data: croppedTo({ height, width }, { name: stage, movie, fov_offset }) };
  }

  #movie(array: string): MovieNode {
    const movie = this.#movies.get(array);
    if (movie) return movie;
    const problem = `This recording has no movie "${array}"; it has ${this.arrays.join(", ")}.`;
    throw new StoreError("invalid", problem, { key: array });
  }
}
