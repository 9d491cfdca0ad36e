// Chunks encoded and written where they were rendered: a worker needs no writer, only to know where they go.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FrameData } from "../container.ts";
import { chunkKey } from "../grid.ts";
import { encodeMovieChunk, type MovieLayout } from "../movie.ts";
import { growFile } from "./folder-storage.ts";
import { PageBuffers } from "./page-buffers.ts";
import { writePages } from "./write-file.ts";

/** Where the chunks of one movie go: plain data, so that it can be sent to a worker. */
export interface ChunkTarget {
  /** The folder of the growing recording. */
  readonly folder: string;
  readonly layout: MovieLayout;
}

// Of this thread: as many as it has chunks under way.
const buffers = new PageBuffers();

/**
 * Encodes the frames of one chunk, on any thread. They are free again once this resolves, to the function that writes the
 * chunk; then tell the writer with `noteWritten`.
 * @throws StoreError "invalid" for frames that are not those of a chunk; the function: PathError "no_space", "no_permission".
 */
export async function encodeChunkFor(
  { folder, layout }: ChunkTarget,
  index: number,
  frames: FrameData,
): Promise<() => Promise<void>> {
  const chunk = await encodeMovieChunk(layout, index, frames, (length) => buffers.take(length));
  const path = join(folder, chunkKey(layout, index));
  return async () => {
    try {
      await growFile(path, (growing) => {
        mkdirSync(dirname(path), { recursive: true });
        return writePages(growing, chunk);
      });
    } finally {
      buffers.give(chunk);
    }
  };
}
