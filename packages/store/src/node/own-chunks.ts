// Which chunks of a movie a shard has to make: those that are not neighbours, for a frame is as cheap after its neighbour as without.
import { type Shard, shardOf } from "@minisim/output";
import { allChunks } from "../array-io.ts";
import { rowsOfChunk } from "../grid.ts";
import type { MovieLayout } from "../movie.ts";

/** Without a shard all chunks are one's own. */
export const isOwnOf =
  (shard: Shard | undefined) =>
  (chunk: number): boolean =>
    !shard || shardOf(chunk, shard.of) === shard.number;

/** How many chunks of a movie are one's own, and frames in them. */
export function shareOf(
  layout: MovieLayout,
  isOwn: (chunk: number) => boolean,
): { readonly chunks: number; readonly frames: number } {
  const own = allChunks(layout).filter(isOwn);
  const frames = own.reduce((sum, index) => {
    const [start, end] = rowsOfChunk(layout, index);
    return sum + end - start;
  }, 0);
  return { chunks: own.length, frames };
}
