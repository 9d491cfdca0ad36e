// What shards have made of a recording so far, from its files alone; and its end, which needs neither its spec nor its steps.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import {
  findShared,
  partialOf,
  placeFile,
  readShardCount,
  runAgain,
  type SharedOutput,
  shardOf,
  withFsErrors,
} from "@minisim/output";
import { allChunks, missingChunks } from "../array-io.ts";
import { ROOT_KEY } from "../documents.ts";
import { StoreError } from "../error.ts";
import { type ArrayGrid, chunkKey } from "../grid.ts";
import { toJson } from "../json.ts";
import { type ArrayNode, parseArray, parseAs, rootSchema } from "../metadata.ts";
import { OBSERVED, SNAPSHOTS } from "../movie.ts";
import { openRecording } from "../stored-recording.ts";
import { createFolderStorage } from "./folder-storage.ts";
import { RECORDING } from "./identity.ts";
import { openRecordingAt } from "./open.ts";
import { isOfShard, TRUTH_SHARD } from "./shard-writer.ts";
import { readUnfinishedRoot } from "./shared-storage.ts";

export interface ShardStatus {
  readonly number: number;
  /** Of the movies, and those of them that are there. */
  readonly chunks: number;
  readonly done: number;
}

export interface RecordingStatus {
  /** "partial": one process makes it, or has left it. "shards": the fields below are about it. */
  readonly state: "finished" | "shards" | "partial" | "nothing";
  readonly chunks: number;
  readonly done: number;
  readonly has_truth: boolean;
  readonly shards: readonly ShardStatus[];
}

/**
 * How far a recording is, by the files that are there: they are counted, not read. In shards as the one said that began last.
 * @throws PathError "foreign" where something else stands at a name that shards use.
 */
export async function recordingStatusAt(path: string): Promise<RecordingStatus> {
  const none = { chunks: 0, done: 0, has_truth: false, shards: [] };
  const shared = await findShared(path, RECORDING);
  if (!shared || (await shared.isPublished())) {
    const state = existsSync(path)
      ? "finished"
      : existsSync(partialOf(path))
        ? "partial"
        : "nothing";
    // Of what is there, only a whole recording is one.
    if (state === "finished") await openRecordingAt(path);
    return { state, ...none };
  }
  const of = await readShardCount(shared.work);
  const grids = await gridsOf(shared);
  const there = new Set(await createFolderStorage(shared.folder).list(""));
  const lacking = async (grid: ArrayGrid) =>
    allChunks(grid).filter((index) => !there.has(chunkKey(grid, index)));
  const { missing, truth } = await survey(grids, lacking);
  const observed = grids.find(({ path }) => path === OBSERVED);
  const indices = observed ? allChunks(observed) : [];
  const chunks = indices.length;
  const shards = Array.from({ length: of }, (_, i) => {
    const own = isOfShard({ number: i + 1, of });
    const all = indices.filter(own).length;
    return { number: i + 1, chunks: all, done: all - [...missing].filter(own).length };
  });
  const has_truth = grids.length > 0 && truth.length === 0;
  return { state: "shards", chunks, done: chunks - missing.size, has_truth, shards };
}

/**
 * Reads and checks every chunk that the shards of a recording have written, and moves the recording to its path. It may be called again, and by
 * several processes at once: one of them does it, the others find it done.
 * @throws StoreError "incomplete" that names the shards to run again; "not_a_recording"; PathError.
 */
export async function finishShardsAt(path: string): Promise<void> {
  const shared = await findShared(path, RECORDING);
  if (shared && (await shared.isPublished())) await shared.clear();
  else if (shared) {
    try {
      await seal(path, shared);
      await shared.publish();
    } catch (error) {
      // Another was faster, and what is missing here is there.
      if (!(await shared.isPublished())) throw error;
    }
  }
  await openRecordingAt(path);
}

async function seal(path: string, shared: SharedOutput): Promise<void> {
  const grids = await gridsOf(shared);
  if (grids.length === 0) {
    throw new StoreError("incomplete", `${path} is not finished: no shard of it has begun.`);
  }
  const storage = createFolderStorage(shared.folder);
  const found = await survey(grids, (grid) => missingChunks(storage, grid));
  if (found.missing.size > 0 || found.truth.length > 0) {
    const there = new Set(await storage.list(""));
    const damaged = [...found.keys, ...found.truth].filter((key) => there.has(key));
    throw new StoreError(
      "incomplete",
      notFinished(path, found, damaged, await readShardCount(shared.work)),
    );
  }
  const root = JSON.parse(new TextDecoder().decode(await readUnfinishedRoot(shared)));
  const text = toJson({ ...root, attributes: { ...root.attributes, complete: true } });
  await withFsErrors(path, () => placeFile(shared, ROOT_KEY, (own) => writeFile(own, text)));
  await openRecording(storage);
}

function notFinished(
  path: string,
  { missing, truth }: Survey,
  damaged: readonly string[],
  of: number,
): string {
  const shards = [...missing].map((chunk) => shardOf(chunk, of));
  if (truth.length > 0) shards.push(TRUTH_SHARD);
  const what = [
    missing.size === 0
      ? ""
      : `${missing.size} ${missing.size === 1 ? "chunk" : "chunks"} of its frames`,
    truth.length === 0 ? "" : "part of its ground truth",
  ];
  const lacks = what.filter(Boolean).join(" and ");
  const more = damaged.length > 1 ? ` and ${damaged.length - 1} more` : "";
  const which = damaged.length === 0 ? "" : ` (damaged: ${damaged[0]}${more})`;
  return `${path} is not finished: it lacks ${lacks}${which}. ${runAgain(shards, of)}`;
}

interface Survey {
  /** Numbers of chunks that some movie lacks. */
  readonly missing: ReadonlySet<number>;
  /** Their keys. */
  readonly keys: readonly string[];
  /** Keys of what the arrays beside the movies lack. */
  readonly truth: readonly string[];
}

async function survey(
  grids: readonly ArrayNode[],
  lacking: (grid: ArrayGrid) => Promise<number[]>,
): Promise<Survey> {
  const missing = new Set<number>();
  const keys: string[] = [];
  const truth: string[] = [];
  for (const grid of grids) {
    const isMovie = grid.path === OBSERVED || grid.path.startsWith(`${SNAPSHOTS}/`);
    for (const index of await lacking(grid)) {
      if (isMovie) missing.add(index);
      (isMovie ? keys : truth).push(chunkKey(grid, index));
    }
  }
  return { missing, keys, truth };
}

/** All arrays of the recording; none where no shard has come so far as to say which. */
async function gridsOf(shared: SharedOutput): Promise<ArrayNode[]> {
  const root = await readUnfinishedRoot(shared);
  if (!root) return [];
  const document = JSON.parse(new TextDecoder().decode(root));
  const { metadata } = parseAs(rootSchema, ROOT_KEY, document).consolidated_metadata;
  return Object.entries(metadata)
    .filter(([, { node_type }]) => node_type === "array")
    .map(([path, entry]) => parseArray(ROOT_KEY, path, entry));
}
