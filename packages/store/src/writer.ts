// Writes a recording: metadata at once, then whole chunks of frames in any order and the ground truth beside them, then the seal.
import { allChunks, missingChunks, writeRows } from "./array-io.ts";
import type { FrameData } from "./container.ts";
import { coordinateArrays } from "./coordinates.ts";
import { nodeDocuments, ROOT_KEY, rootDocument, SPEC_KEY } from "./documents.ts";
import { StoreError } from "./error.ts";
import { type ArrayGrid, chunkCount, chunkKey } from "./grid.ts";
import { checkHeader, type StoreHeader } from "./header.ts";
import { toJson, writeJson } from "./json.ts";
import {
  checkChunkIndex,
  encodeMovieChunk,
  type MovieLayout,
  type MovieNode,
  movieNodes,
  OBSERVED,
} from "./movie.ts";
import type { Storage } from "./storage.ts";
import { truthArrays } from "./truth-arrays.ts";
import type { WholeArray } from "./whole-array.ts";

export interface WriterOptions {
  /** Continues what a writer of the same header left unfinished; its whole chunks are kept, see `pending`. */
  readonly resume?: boolean;
  /** With `resume`: it is known that what is there is of the same header, even where a power cut has damaged its documents. */
  readonly sameRecording?: boolean;
  /** With `resume`, in a storage where a value is whole or not there: the keys that are. Elsewhere every chunk is read and checked. */
  readonly there?: { has(key: string): boolean };
  /** Of a recording that others write too: whether a chunk of the movies is this writer's. All are where absent. */
  readonly isOwn?: (index: number, movie: ArrayGrid) => boolean;
}

export interface RecordingWriter {
  /** Frames of every chunk but the last of a movie, which may have fewer; the same for all movies. */
  readonly chunkFrames: number;
  /** "observed", then "snapshots/STAGE" in the order of the header. */
  readonly arrays: readonly string[];
  /** How a movie is cut and held; send it to a worker for `encodeMovieChunk`. */
  layout(array?: string): MovieLayout;
  /** Numbers of the chunks of a movie not written yet, rising. */
  pending(array?: string): number[];
  /**
   * Encodes and writes the frames of one chunk: row-major, of any type whose values the container holds. Any order, also
   * several at a time; a chunk may be written again.
   */
  writeChunk(index: number, frames: FrameData, array?: string): Promise<void>;
  /** Takes note of a chunk that somebody else has written to the same storage. */
  noteWritten(index: number, array?: string): void;
  /** Writes what `encodeMovieChunk` made. */
  writeEncodedChunk(index: number, chunk: Uint8Array, array?: string): Promise<void>;
  /** Writes the ground truth; also while chunks of movies are written. `finish` does it where nobody has. */
  writeTruth(): Promise<void>;
  /** Has nothing more written of the ground truth. Resolves once nothing of it is under way. */
  stop(): Promise<void>;
  /** Marks the recording complete. @throws StoreError "incomplete" that names the first missing chunk. */
  finish(): Promise<void>;
}

/**
 * Starts a recording in an empty storage. Until `finish`, readers refuse it as incomplete.
 * @throws StoreError "invalid" for a header that does not hold together; "exists" when the storage has a recording
 *   already, or on resume one of another header.
 */
export async function createRecordingWriter(
  storage: Storage,
  header: StoreHeader,
  { resume = false, sameRecording = false, there, isOwn = () => true }: WriterOptions = {},
): Promise<RecordingWriter> {
  checkHeader(header);
  const movies = movieNodes(header);
  const truth = arraysBesideMovies(header);
  const arrays = [...movies, ...truth.map(({ node }) => node)];
  const unfinished = rootDocument(header, arrays, false);
  const complete = rootDocument(header, arrays, true);
  const found = await storage.read(ROOT_KEY);
  const known = resume && sameRecording;
  if (found && !known) checkResumable(found, [unfinished, complete], resume);

  if (!found || known) await writeJson(storage, ROOT_KEY, unfinished);
  await writeJson(storage, SPEC_KEY, header.spec);
  for (const [key, document] of nodeDocuments(header, arrays)) {
    await writeJson(storage, key, document);
  }
  // On resume, what is whole stays: a checksum tells a chunk that its writer died in.
  const missing = async (grid: ArrayGrid, indices = allChunks(grid)) => {
    if (!found && !known) return indices;
    if (there) return indices.filter((index) => !there.has(chunkKey(grid, index)));
    return missingChunks(storage, grid, indices);
  };
  const writeTruth = async (goOn: () => boolean) => {
    for (const { node, rows, ready } of truth) {
      const indices = goOn() ? await missing(node) : [];
      if (indices.length === 0) continue;
      await ready?.();
      await writeRows(storage, node, whileTrue(goOn, indices), rows);
    }
  };
  const pending = new Map<string, Set<number>>();
  for (const movie of movies) {
    pending.set(
      movie.path,
      new Set(
        await missing(
          movie,
          allChunks(movie).filter((index) => isOwn(index, movie)),
        ),
      ),
    );
  }
  const seal = () => writeJson(storage, ROOT_KEY, complete);
  return new Writer(storage, movies, pending, writeTruth, seal);
}

/** The root document, which only recordings of the same header share: spec, revisions, arrays and version of the format. */
export function rootText(header: StoreHeader, complete: boolean): string {
  const beside = arraysBesideMovies(header).map(({ node }) => node);
  return toJson(rootDocument(header, [...movieNodes(header), ...beside], complete));
}

const arraysBesideMovies = (header: StoreHeader): WholeArray[] => [
  ...coordinateArrays(header),
  ...truthArrays(header.ground_truth),
];

class Writer implements RecordingWriter {
  readonly chunkFrames: number;
  readonly arrays: readonly string[];
  readonly #storage: Storage;
  readonly #movies: ReadonlyMap<string, MovieNode>;
  readonly #pending: ReadonlyMap<string, Set<number>>;
  readonly #writeTruth: (goOn: () => boolean) => Promise<void>;
  readonly #seal: () => Promise<void>;
  #truth: Promise<void> | undefined;
  #stopped = false;
  #finished = false;

  constructor(
    storage: Storage,
    movies: readonly MovieNode[],
    pending: ReadonlyMap<string, Set<number>>,
    writeTruth: (goOn: () => boolean) => Promise<void>,
    seal: () => Promise<void>,
  ) {
    this.#storage = storage;
    this.#movies = new Map(movies.map((movie) => [movie.path, movie]));
    this.#pending = pending;
    this.#writeTruth = writeTruth;
    this.#seal = seal;
    this.chunkFrames = movies[0]!.chunkRows;
    this.arrays = [...this.#movies.keys()];
  }

  layout(array = OBSERVED): MovieLayout {
    const { path, shape, dtype, chunkRows } = this.#movie(array);
    return { path, shape, dtype, chunkRows };
  }

  pending(array = OBSERVED): number[] {
    this.#movie(array);
    return [...this.#pending.get(array)!].sort((a, b) => a - b);
  }

  async writeChunk(index: number, frames: FrameData, array = OBSERVED): Promise<void> {
    const chunk = await encodeMovieChunk(this.#movie(array), index, frames);
    await this.writeEncodedChunk(index, chunk, array);
  }

  async writeEncodedChunk(index: number, chunk: Uint8Array, array = OBSERVED): Promise<void> {
    const movie = this.#movie(array);
    checkChunkIndex(movie, index);
    if (this.#finished) throw new StoreError("invalid", "The recording is finished already.");
    await this.#storage.write(chunkKey(movie, index), chunk);
    this.noteWritten(index, array);
  }

  noteWritten(index: number, array = OBSERVED): void {
    checkChunkIndex(this.#movie(array), index);
    this.#pending.get(array)!.delete(index);
  }

  writeTruth(): Promise<void> {
    this.#truth ??= this.#writeTruth(() => !this.#stopped);
    return this.#truth;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#truth?.catch(() => {});
  }

  async finish(): Promise<void> {
    if (this.#finished) return;
    for (const array of this.arrays) {
      const [first, ...others] = this.pending(array);
      if (first === undefined) continue;
      const movie = this.#movie(array);
      const key = chunkKey(movie, first);
      const count = others.length + 1;
      throw new StoreError(
        "incomplete",
        `${count} of the ${chunkCount(movie)} chunks of ${array} ${count === 1 ? "was" : "were"} not written, the first of them ${key}.`,
        { key },
      );
    }
    await this.writeTruth();
    if (this.#stopped) throw new StoreError("invalid", "The recording was given up.");
    this.#finished = true;
    await this.#seal();
  }

  #movie(array: string): MovieNode {
    const movie = this.#movies.get(array);
    if (movie) return movie;
    const problem = `This recording has no movie "${array}"; it has ${this.arrays.join(", ")}.`;
    throw new StoreError("invalid", problem, { key: array });
  }
}

function* whileTrue(goOn: () => boolean, indices: readonly number[]): Generator<number> {
  for (const index of indices) {
    if (!goOn()) return;
    yield index;
  }
}

/** Resumable is the very same recording; also a complete one, whose writer died before it could say so. */
function checkResumable(found: Uint8Array, roots: readonly unknown[], resume: boolean): void {
  const fail = (problem: string) => new StoreError("exists", problem, { key: ROOT_KEY });
  if (!resume) throw fail("There is a recording here already.");
  const text = new TextDecoder().decode(found);
  if (!roots.some((root) => toJson(root) === text)) {
    throw fail("What is here belongs to another spec or version, so it cannot be resumed.");
  }
}
