// What shards have made of a recording so far, from its files alone; and its end, which needs neither its spec nor its steps.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import {
  findShared,
  partialOf,
  placeFile,
  readShardCount,
  type SharedOutput,
  withFsErrors,
} from "@minisim/output";
import { missingChunks } from "../array-io.ts";
import { ROOT_KEY } from "../documents.ts";
import { StoreError } from "../error.ts";
import { openRecording } from "../stored-recording.ts";
import { createFolderStorage } from "./folder-storage.ts";
import { RECORDING } from "./identity.ts";
import { openRecordingAt } from "./open.ts";
import { readUnfinishedRoot } from "./shared-storage.ts";
import {
  finishedRoot,
  gridsOf,
  lackOf,
  type RecordingStatus,
  shardStatus,
  survey,
  whoLacks,
} from "./unfinished.ts";

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
  const there = new Set(await createFolderStorage(shared.folder).list(""));
  return { state: "shards", ...(await shardStatus(await gridsIn(shared), of, there)) };
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
  const grids = await gridsIn(shared);
  if (grids.length === 0) {
    throw new StoreError("incomplete", `${path} is not finished: no shard of it has begun.`);
  }
  const storage = createFolderStorage(shared.folder);
  const found = await survey(grids, (grid) => missingChunks(storage, grid));
  if (found.missing.size > 0 || found.truth.length > 0) {
    const there = new Set(await storage.list(""));
    const damaged = [...found.keys, ...found.truth].filter((key) => there.has(key));
    const who = whoLacks(found, await readShardCount(shared.work));
    throw new StoreError("incomplete", `${lackOf(path, found, damaged)} ${who}`);
  }
  const text = finishedRoot((await readUnfinishedRoot(shared))!);
  await withFsErrors(path, () => placeFile(shared, ROOT_KEY, (own) => writeFile(own, text)));
  await openRecording(storage);
}

/** None where no shard has come so far as to say which. */
async function gridsIn(shared: SharedOutput) {
  const root = await readUnfinishedRoot(shared);
  return root ? gridsOf(root) : [];
}
