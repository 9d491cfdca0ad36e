// Runs where frames are rendered: encodes and writes the finished chunks of a store.

import { PathError, type PathErrorCode } from "@minisim/output";
import type { Deliver } from "@minisim/render";
import { type ChunkTarget, encodeChunkFor } from "@minisim/store/chunks";

/** What became of a chunk: an error about its path survives the way between threads as plain data. */
export type Delivered = {
  readonly failure: { readonly code: PathErrorCode; readonly message: string } | null;
};

/** A delivery to the movies of a store, one target each. */
export function storeChunks(targets: readonly ChunkTarget[]): Deliver {
  return async ({ frames, data, taps }) => {
    const writes: (() => Promise<void>)[] = [];
    for (const target of targets) {
      const { path, chunkRows } = target.layout;
      const movie = path === "observed" ? data : taps.get(path.slice("snapshots/".length))!;
      const index = Math.floor(frames[0]! / chunkRows);
      writes.push(await encodeChunkFor(target, index, movie));
    }
    return async (): Promise<Delivered> => {
      try {
        for (const write of writes) await write();
        return { failure: null };
      } catch (error) {
        if (!(error instanceof PathError)) throw error;
        return { failure: { code: error.code, message: error.message } };
      }
    };
  };
}
