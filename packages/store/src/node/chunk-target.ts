// Chunks encoded and written where they were rendered: a worker needs no writer, only to know where they go.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { placeFile, withFsErrors } from "@minisim/output";
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
  /** Of a recording that others write too: where a chunk is until it is whole. */
  readonly growing?: string;
}

// Of this thread: as many as it has chunks under way.
const buffers = new PageBuffers();

/**
 * Encodes the frames of one chunk, on any thread. They are free again once this resolves, to the function that writes the
 * chunk; then tell the writer with `noteWritten`.
 * @throws StoreError "invalid" for frames that are not those of a chunk; the function: PathError "no_space", "no_permission".
 */
export async function encodeChunkFor(
  { folder, layout, growing }: ChunkTarget,
  index: number,
  frames: FrameData,
): Promise<() => Promise<void>> {
  const chunk = await encodeMovieChunk(layout, index, frames, (length) => buffers.take(length));
  const key = chunkKey(layout, index);
  const path = join(folder, key);
  const write = () =>
    growing === undefined
      ? growFile(path, (own) => {
          mkdirSync(dirname(path), { recursive: true });
          return writePages(own, chunk);
        })
      : withFsErrors(path, () =>
          placeFile({ folder, growing }, key, (own) => writePages(own, chunk)),
        );
  return async () => {
    try {
      await write();
    } finally {
      buffers.give(chunk);
    }
  };
}
