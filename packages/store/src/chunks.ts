// @minisim/store/chunks: chunks of a movie encoded and written where they were rendered. No reader of stores, so that such a thread loads none.

export { chunkKey } from "./grid.ts";
export { encodeMovieChunk } from "./movie.ts";
export { type ChunkTarget, encodeChunkFor } from "./node/chunk-target.ts";
