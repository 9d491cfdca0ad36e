// Runs where frames are rendered: encodes and writes the finished chunks of a store.

import { PathError, type PathErrorCode } from "@minisim/output";
import type { Deliver } from "@minisim/render";
import { isMinisimError } from "@minisim/spec/error";
import type { ObjectStore, StoreError, StoreErrorCode } from "@minisim/store";
import {
  type ChunkTarget,
  chunkKey,
  encodeChunkFor,
  encodeMovieChunk,
} from "@minisim/store/chunks";
import type { ObjectTarget } from "@minisim/store/objects";

/** What became of a chunk: an error about its place survives the way between threads as plain data. */
export type Delivered = {
  readonly failure:
    | { readonly kind: "path"; readonly code: PathErrorCode; readonly message: string }
    | { readonly kind: "store"; readonly code: StoreErrorCode; readonly message: string }
    | null;
};

/** A delivery to the movies of a store, one target each. */
export function storeChunks(targets: readonly (ChunkTarget | ObjectTarget)[]): Deliver {
  let opened: Promise<ObjectStore> | undefined;
  // One connection a thread: all movies of a recording are at one address.
  const objectsOf = ({ address }: ObjectTarget) => {
    opened ??= import("./node-objects.ts").then(({ objectsAt }) => objectsAt(address));
    return opened;
  };
  return async ({ frames, data, taps }) => {
    const writes: (() => Promise<void>)[] = [];
    for (const target of targets) {
      const { path, chunkRows } = target.layout;
      const movie = path === "observed" ? data : taps.get(path.slice("snapshots/".length))!;
      const index = Math.floor(frames[0]! / chunkRows);
      if ("address" in target) {
        const chunk = await encodeMovieChunk(target.layout, index, movie);
        const key = chunkKey(target.layout, index);
        writes.push(async () => {
          await (await objectsOf(target)).create(key, chunk);
        });
      } else writes.push(await encodeChunkFor(target, index, movie));
    }
    return async (): Promise<Delivered> => {
      try {
        for (const write of writes) await write();
        return { failure: null };
      } catch (error) {
        const failure = inPlain(error);
        if (!failure) throw error;
        return { failure };
      }
    };
  };
}

function inPlain(error: unknown): Delivered["failure"] {
  if (error instanceof PathError) {
    return { kind: "path", code: error.code, message: error.message };
  }
  if (!isMinisimError(error, "store")) return null;
  return { kind: "store", code: (error as StoreError).code, message: error.message };
}
