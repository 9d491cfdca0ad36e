// Writes one shard of a recording into the folder that all its shards share.
import { joinShared, type Shard } from "@minisim/output";
import type { StoreHeader } from "../header.ts";
import { createRecordingWriter, type RecordingWriter } from "../writer.ts";
import type { ChunkTarget } from "./chunk-target.ts";
import { identityOf, RECORDING } from "./identity.ts";
import { isOwnOf, shareOf } from "./own-chunks.ts";
import { createSharedStorage, noteShardCount } from "./shared-storage.ts";
import { TRUTH_SHARD } from "./unfinished.ts";

type Writing = "arrays" | "layout" | "pending" | "noteWritten" | "writeTruth" | "stop";

export interface ShardWriter extends Pick<RecordingWriter, Writing> {
  /** Chunks of each movie that are this shard's, those that are there already too. */
  readonly chunks: number;
  /** Frames in them. */
  readonly frames: number;
  /** Where chunks of a movie go, as plain data: for `encodeChunkFor` in a worker, then `noteWritten` here. */
  target(array?: string): ChunkTarget;
  /** Whether the recording is at its path by now: what is written here is needed no more. */
  isPublished(): Promise<boolean>;
}

/**
 * Joins those who make the recording at `path`, in the folder `path.shards`, on any machine that sees it. What is there and whole is kept. Undefined
 * where the recording is finished and at its path already. Whoever has the last chunk written calls `finishShardsAt`, or somebody else does.
 * @throws PathError "foreign", "leftover" for shards of another recording, "inside", "no_space", "no_permission".
 */
export async function openShardAt(
  path: string,
  header: StoreHeader,
  shard: Shard,
): Promise<ShardWriter | undefined> {
  const shared = await joinShared(path, { ...RECORDING, identity: identityOf(header) });
  if (await shared.isPublished()) return undefined;
  try {
    await noteShardCount(shared, shard.of);
    const isOwn = isOwnOf(shard);
    const storage = createSharedStorage(shared);
    const writer = await createRecordingWriter(storage, header, { resume: true, isOwn });
    const { folder, growing } = shared;
    return {
      arrays: writer.arrays,
      ...shareOf(writer.layout(), isOwn),
      layout: (array) => writer.layout(array),
      pending: (array) => writer.pending(array),
      noteWritten: (index, array) => writer.noteWritten(index, array),
      target: (array) => ({ folder, growing, layout: writer.layout(array) }),
      writeTruth: async () => {
        if (shard.number === TRUTH_SHARD) await writer.writeTruth();
      },
      stop: () => writer.stop(),
      isPublished: shared.isPublished,
    };
  } catch (error) {
    if (await shared.isPublished()) return undefined;
    throw error;
  }
}
