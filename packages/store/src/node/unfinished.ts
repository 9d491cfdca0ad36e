// An unfinished recording that several make: which arrays it will have, by its root, what of them is lacking, and whose that is.
import { runAgain } from "@minisim/output";
import { allChunks } from "../array-io.ts";
import { ROOT_KEY, SPEC_KEY } from "../documents.ts";
import { type ArrayGrid, chunkKey } from "../grid.ts";
import { toJson } from "../json.ts";
import { type ArrayNode, metadataKey, parseArray, parseAs, rootSchema } from "../metadata.ts";
import { OBSERVED, SNAPSHOTS } from "../movie.ts";
import { ownerOf } from "./own-chunks.ts";

/** The shard that writes the ground truth too. */
export const TRUTH_SHARD = 1;

export interface ShardStatus {
  readonly number: number;
  /** Of the movies, and those of them that are there. */
  readonly chunks: number;
  readonly done: number;
}

export interface RecordingStatus {
  /** "partial": one process makes it, or has left it. "shards": several do; the fields below are about it. */
  readonly state: "finished" | "shards" | "partial" | "nothing";
  readonly chunks: number;
  readonly done: number;
  readonly has_truth: boolean;
  readonly shards: readonly ShardStatus[];
}

/** All arrays of the recording of a root. */
export const gridsOf = (root: Uint8Array | string): ArrayNode[] =>
  nodesOf(root)
    .filter(([, { node_type }]) => node_type === "array")
    .map(([path, entry]) => parseArray(ROOT_KEY, path, entry));

/** The keys of its documents, but the root's own. */
export const documentsOf = (root: Uint8Array | string): string[] => [
  SPEC_KEY,
  ...nodesOf(root).map(([path]) => metadataKey(path)),
];

function nodesOf(root: Uint8Array | string) {
  const text = typeof root === "string" ? root : new TextDecoder().decode(root);
  const { consolidated_metadata } = parseAs(rootSchema, ROOT_KEY, JSON.parse(text));
  return Object.entries(consolidated_metadata.metadata);
}

/** The root of the same recording, once it is finished. */
export function finishedRoot(root: Uint8Array | string): string {
  const text = typeof root === "string" ? root : new TextDecoder().decode(root);
  const document = JSON.parse(text);
  return toJson({ ...document, attributes: { ...document.attributes, complete: true } });
}

export interface Survey {
  /** One of the movies, which have the same chunks. */
  readonly movie: ArrayGrid | undefined;
  /** Numbers of chunks that some movie lacks. */
  readonly missing: ReadonlySet<number>;
  /** Their keys. */
  readonly keys: readonly string[];
  /** Keys of what the arrays beside the movies lack. */
  readonly truth: readonly string[];
}

export async function survey(
  grids: readonly ArrayNode[],
  lacking: (grid: ArrayGrid) => Promise<number[]> | number[],
): Promise<Survey> {
  const missing = new Set<number>();
  const keys: string[] = [];
  const truth: string[] = [];
  const isMovieOf = ({ path }: ArrayGrid) => path === OBSERVED || path.startsWith(`${SNAPSHOTS}/`);
  for (const grid of grids) {
    const isMovie = isMovieOf(grid);
    for (const index of await lacking(grid)) {
      if (isMovie) missing.add(index);
      (isMovie ? keys : truth).push(chunkKey(grid, index));
    }
  }
  return { movie: grids.find(isMovieOf), missing, keys, truth };
}

/** How far each of `of` shards is, by the names that are there. */
export async function shardStatus(
  grids: readonly ArrayNode[],
  of: number,
  there: { has(key: string): boolean },
): Promise<Omit<RecordingStatus, "state">> {
  const { missing, truth } = await survey(grids, (grid) =>
    allChunks(grid).filter((index) => !there.has(chunkKey(grid, index))),
  );
  const observed = grids.find(({ path }) => path === OBSERVED);
  const indices = observed ? allChunks(observed) : [];
  const shards = Array.from({ length: of }, (_, i) => ({ number: i + 1, chunks: 0, done: 0 }));
  for (const index of indices) {
    const shard = shards[ownerOf(index, observed!, of) - 1]!;
    shard.chunks += 1;
    if (!missing.has(index)) shard.done += 1;
  }
  const chunks = indices.length;
  const has_truth = grids.length > 0 && truth.length === 0;
  return { chunks, done: chunks - missing.size, has_truth, shards };
}

/** One sentence for what a recording lacks; `damaged` of it is there and not whole. */
export function lackOf(
  path: string,
  { missing, truth }: Survey,
  damaged: readonly string[],
): string {
  const what = [
    missing.size === 0
      ? ""
      : `${missing.size} ${missing.size === 1 ? "chunk" : "chunks"} of its frames`,
    truth.length === 0 ? "" : "part of its ground truth",
  ];
  const lacks = what.filter(Boolean).join(" and ");
  const more = damaged.length > 1 ? ` and ${damaged.length - 1} more` : "";
  const which = damaged.length === 0 ? "" : ` (damaged: ${damaged[0]}${more})`;
  return `${path} is not finished: it lacks ${lacks}${which}.`;
}

/** The shards whose work that is, in the words of the command line. */
export function whoLacks({ movie, missing, truth }: Survey, of: number): string {
  const shards = [...missing].map((chunk) => ownerOf(chunk, movie!, of));
  if (truth.length > 0) shards.push(TRUTH_SHARD);
  return runAgain(shards, of);
}
