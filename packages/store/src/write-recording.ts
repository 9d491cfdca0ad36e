// A recording, wherever it lies, into a writer: one chunk is in memory at a time.
import { moviePixels, type Recorded, Recording } from "@minisim/recording";
import type { FrameData } from "./container.ts";
import { emptyArray } from "./dtype.ts";
import { chunkCount, rowLength, rowsOfChunk } from "./grid.ts";
import { keptMovies } from "./kept-movies.ts";
import { OBSERVED, SNAPSHOTS } from "./movie.ts";
import type { RecordingWriter } from "./writer.ts";

/**
 * Writes all frames, observed and snapshots, of the recording that the writer's header was made of.
 * @throws StoreError "invalid" for a value that the movie's container cannot hold; the signal's reason when aborted.
 */
export async function writeMovies(
  writer: RecordingWriter,
  recorded: Recorded,
  signal?: AbortSignal,
): Promise<void> {
  if (recorded instanceof Recording) {
    // As they are, so that the writer sees a value that its container cannot hold.
    const pixels = moviePixels(recorded.observed);
    const size = rowLength(writer.layout());
    const frames = (start: number, end: number) => pixels.subarray(start * size, end * size);
    await writeChunks(writer, OBSERVED, frames, signal);
  } else {
    await writeBlocks(writer, recorded, signal);
  }
  for (const { info, frames } of keptMovies(recorded)) {
    await writeChunks(writer, `${SNAPSHOTS}/${info.name}`, frames, signal);
  }
}

async function writeChunks(
  writer: RecordingWriter,
  array: string,
  frames: (start: number, end: number) => FrameData | Promise<FrameData>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const layout = writer.layout(array);
  for (let index = 0; index < chunkCount(layout); index++) {
    signal?.throwIfAborted();
    await writer.writeChunk(index, await frames(...rowsOfChunk(layout, index)), array);
  }
}

/** One pass over the observed movie, whose blocks are as long as is cheap for the recording; those of the store are chunks. */
async function writeBlocks(
  writer: RecordingWriter,
  recorded: Recorded,
  signal: AbortSignal | undefined,
): Promise<void> {
  const layout = writer.layout();
  const { chunkRows } = layout;
  const size = rowLength(layout);
  const chunk = emptyArray(recorded.container, chunkRows * size);
  for await (const { start, end, data } of recorded.frames()) {
    signal?.throwIfAborted();
    for (let at = start; at < end; ) {
      const index = Math.floor(at / chunkRows);
      const [first, last] = rowsOfChunk(layout, index);
      const until = Math.min(end, last);
      chunk.set(data.subarray((at - start) * size, (until - start) * size), (at - first) * size);
      if (until === last) await writer.writeChunk(index, chunk.subarray(0, (last - first) * size));
      at = until;
    }
  }
}
