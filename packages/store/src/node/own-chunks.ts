// Which chunks of a movie a shard has to make: short runs of them, as far apart as there are shards, so that whatever changes along a recording, bouts of
// motion for one, is spread over all shards alike. In runs, since the traces of cells are read in stretches, whoever wants a frame of them.
import { type Shard, shardOf } from "@minisim/output";
import { allChunks } from "../array-io.ts";
import { type ArrayGrid, chunkCount, rowsOfChunk } from "../grid.ts";

/** As far apart as the states are that shards have of a cell's light: `STATE_FRAMES` of the pipeline's. Longer ones save nothing. */
const RUN_FRAMES = 512;
/** So many runs a shard at least, where there are chunks for them: one more than another has is then hardly more work. */
const RUNS = 16;

/** The shard that has to make a chunk. All movies of a recording have the same chunks. */
export function ownerOf(chunk: number, movie: ArrayGrid, of: number): number {
  const most = Math.ceil(RUN_FRAMES / movie.chunkRows);
  const even = Math.floor(chunkCount(movie) / (RUNS * of));
  const run = Math.max(1, Math.min(most, even));
  return shardOf(Math.floor(chunk / run), of);
}

/** Without a shard all chunks are one's own. */
export const isOwnOf =
  (shard: Shard | undefined) =>
  (chunk: number, movie: ArrayGrid): boolean =>
    !shard || ownerOf(chunk, movie, shard.of) === shard.number;

/** How many chunks of a movie are one's own, and frames in them. */
export function shareOf(
  movie: ArrayGrid,
  isOwn: ReturnType<typeof isOwnOf>,
): { readonly chunks: number; readonly frames: number } {
  const own = allChunks(movie).filter((index) => isOwn(index, movie));
  const frames = own.reduce((sum, index) => {
    const [start, end] = rowsOfChunk(movie, index);
    return sum + end - start;
  }, 0);
  return { chunks: own.length, frames };
}
