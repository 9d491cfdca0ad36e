// What is at an address of an object store: opened, counted, or put together.
import { allChunks, missingChunks } from "../../array-io.ts";
import { ROOT_KEY } from "../../documents.ts";
import { StoreError } from "../../error.ts";
import { chunkKey } from "../../grid.ts";
import type { ObjectStore } from "../../object-store.ts";
import { type OpenOptions, openRecording, type StoredRecording } from "../../stored-recording.ts";
import {
  gridsOf,
  lackOf,
  type RecordingStatus,
  shardStatus,
  survey,
  whoLacks,
} from "../unfinished.ts";
import { type Claimed, claimedAt } from "./claim.ts";
import { publishObjects } from "./publish.ts";
import { createObjectStorage } from "./storage.ts";

/** Chunks of at most 16 MiB that are read at the same time: enough to hide the way to the server. An estimate. */
const READS = 4;

/** Whether a whole recording is there; it is not opened. */
export const isFinished = async (objects: ObjectStore): Promise<boolean> =>
  (await objects.read(ROOT_KEY)) !== undefined;

/** `openRecording` for an object store. @throws StoreError, "incomplete" also for what is not finished. */
export async function openRecordingIn(
  objects: ObjectStore,
  options: OpenOptions = {},
): Promise<StoredRecording> {
  if (!(await isFinished(objects))) throw await noRecording(objects);
  return openRecording(createObjectStorage(objects), options);
}

async function noRecording(objects: ObjectStore): Promise<StoreError> {
  const { address } = objects;
  if (await claimedAt(objects).catch(() => undefined)) {
    const message = `The recording ${address} is not finished: it is being made, or its writer has ended.`;
    return new StoreError("incomplete", message);
  }
  return new StoreError("not_a_recording", `There is no recording at ${address}.`);
}

/** How far a recording is, by the names of its objects: they are counted, not read. In shards as the one said that began first. */
export async function objectsStatus(objects: ObjectStore): Promise<RecordingStatus> {
  const none = { chunks: 0, done: 0, has_truth: false, shards: [] };
  if (await isFinished(objects)) {
    await openRecordingIn(objects);
    return { state: "finished", ...none };
  }
  const claimed = await claimedAt(objects);
  if (!claimed) return { state: "nothing", ...none };
  // Its root has been removed.
  if (claimed.root === undefined) return { state: "partial", ...none };
  const state = claimed.shards > 1 ? "shards" : "partial";
  const there = await objects.list();
  return { state, ...(await shardStatus(gridsOf(claimed.root), claimed.shards, there)) };
}

/**
 * Reads and checks every chunk that the shards of a recording have put, and then puts its root. It may be called again, and by several at once.
 * @throws StoreError "incomplete" that names the shards to run again; "not_a_recording".
 */
export async function finishObjects(objects: ObjectStore): Promise<void> {
  const hasRoot = await isFinished(objects);
  const claimed = await claimedAt(objects);
  if (!hasRoot && !claimed) throw await noRecording(objects);
  // Whoever has put the root may have ended before the last put.
  if (claimed && (!hasRoot || claimed.root !== undefined)) {
    await publishObjects(objects, await checkedRoot(objects, claimed));
  }
  await openRecordingIn(objects);
}

/** The unfinished root, of which every chunk is there and whole. */
async function checkedRoot(objects: ObjectStore, { root, shards }: Claimed): Promise<string> {
  const { address } = objects;
  if (root === undefined) {
    const message = `${address} was finished, and lacks its root ${ROOT_KEY} now. Simulate it again there: what it has stays.`;
    throw new StoreError("incomplete", message);
  }
  const there = await objects.list();
  const storage = createObjectStorage(objects);
  const found = await survey(gridsOf(root), async (grid) => {
    const isThere = (index: number) => there.has(chunkKey(grid, index));
    const indices = allChunks(grid);
    const damaged = await damagedOf(indices.filter(isThere), (index) =>
      missingChunks(storage, grid, [index]),
    );
    return [...indices.filter((index) => !isThere(index)), ...damaged].sort((a, b) => a - b);
  });
  if (found.missing.size === 0 && found.truth.length === 0) return root;
  const damaged = [...found.keys, ...found.truth].filter((key) => there.has(key));
  const remove = damaged.length > 0 ? " Remove what is damaged: no object is written over." : "";
  const who = shards > 1 ? whoLacks(found, shards) : "Run simulate again.";
  throw new StoreError("incomplete", `${lackOf(address, found, damaged)}${remove} ${who}`);
}

async function damagedOf(
  indices: readonly number[],
  check: (index: number) => Promise<number[]>,
): Promise<number[]> {
  const damaged: number[] = [];
  for (let at = 0; at < indices.length; at += READS) {
    damaged.push(...(await Promise.all(indices.slice(at, at + READS).map(check))).flat());
  }
  return damaged;
}
