// Writes a recording to an object store: all of it, or a shard. Whoever comes again goes on with what is there.
import type { Shard } from "@minisim/output";
import { ROOT_KEY } from "../../documents.ts";
import type { StoreHeader } from "../../header.ts";
import type { MovieLayout } from "../../movie.ts";
import type { ObjectStore } from "../../object-store.ts";
import type { Storage } from "../../storage.ts";
import { createRecordingWriter, type RecordingWriter, rootText } from "../../writer.ts";
import { isOwnOf, shareOf } from "../own-chunks.ts";
import { TRUTH_SHARD } from "../unfinished.ts";
import { claimObjects } from "./claim.ts";
import { publishObjects } from "./publish.ts";
import { createObjectStorage } from "./storage.ts";

/** Where the chunks of one movie go: plain data, so that it can be sent to a worker. */
export interface ObjectTarget {
  readonly address: string;
  readonly layout: MovieLayout;
}

export interface ObjectWriter extends RecordingWriter {
  /** Chunks of each movie that are this writer's, those that are there already too. */
  readonly chunks: number;
  /** Frames in them. */
  readonly frames: number;
  /** Where chunks of a movie go, for a worker that encodes them and puts them; then `noteWritten` here. */
  target(array?: string): ObjectTarget;
  /** Puts the root, so that the address is a recording. Of one writer alone; shards are finished by `finishObjects`. */
  commit(): Promise<void>;
}

/**
 * Joins those who make the recording at this address. What is there stays. Undefined for a shard of a recording that is finished.
 * @throws as `claimObjects`
 */
export function createRecordingIn(objects: ObjectStore, header: StoreHeader): Promise<ObjectWriter>;
export function createRecordingIn(
  objects: ObjectStore,
  header: StoreHeader,
  shard: Shard | undefined,
): Promise<ObjectWriter | undefined>;
export async function createRecordingIn(
  objects: ObjectStore,
  header: StoreHeader,
  shard?: Shard,
): Promise<ObjectWriter | undefined> {
  const root = rootText(header, false);
  await claimObjects(objects, root, shard?.of ?? 1);
  if (shard && (await objects.read(ROOT_KEY))) return undefined;
  const there = await objects.list();
  const storage = storageWithout(objects, there);
  const isOwn = isOwnOf(shard);
  const writer = await createRecordingWriter(storage, header, {
    ...{ resume: true, sameRecording: true },
    ...{ there, isOwn },
  });
  const writeTruth = async () => {
    if (!shard || shard.number === TRUTH_SHARD) await writer.writeTruth();
  };
  return {
    chunkFrames: writer.chunkFrames,
    arrays: writer.arrays,
    ...shareOf(writer.layout(), isOwn),
    layout: (array) => writer.layout(array),
    pending: (array) => writer.pending(array),
    writeChunk: (index, data, array) => writer.writeChunk(index, data, array),
    noteWritten: (index, array) => writer.noteWritten(index, array),
    writeEncodedChunk: (index, chunk, array) => writer.writeEncodedChunk(index, chunk, array),
    target: (array) => ({ address: objects.address, layout: writer.layout(array) }),
    writeTruth,
    stop: () => writer.stop(),
    finish: () => writer.finish(),
    commit: async () => {
      await writer.finish();
      await publishObjects(objects, root);
    },
  };
}

/** The root is no object until all else is there: `publishObjects` puts it. */
function storageWithout(objects: ObjectStore, there: ReadonlyMap<string, number>): Storage {
  const storage = createObjectStorage(objects);
  return {
    ...storage,
    read: async (key) => (key === ROOT_KEY ? undefined : storage.read(key)),
    write: async (key, bytes) => {
      if (key !== ROOT_KEY && !there.has(key)) await storage.write(key, bytes);
    },
  };
}
