// Chunks encoded and written where they were rendered: a worker needs no writer, only to know where they go.

import type { FrameData } from "../container.ts";
import { chunkKey } from "../grid.ts";
import { encodeMovieChunk, type MovieLayout } from "../movie.ts";
import { createFolderStorage } from "./folder-storage.ts";

/** Where the chunks of one movie go: plain data, so that it can be sent to a worker. */
export interface ChunkTarget {
  /** The folder of the growing recording. */
  readonly folder: string;
  readonly layout: MovieLayout;
}

/**
 * Encodes and writes the frames of one chunk, on any thread; tell the writer with `noteWritten`.
 * @throws StoreError "invalid" for frames that are not those of a chunk, "no_space", "no_permission".
 */
export async function writeChunkAt(
  { folder, layout }: ChunkTarget,
  index: number,
  frames: FrameData,
): Promise<void> {
  const chunk = await encodeMovieChunk(layout, index, frames);
  await createFolderStorage(folder).write(chunkKey(layout, index), chunk);
}
