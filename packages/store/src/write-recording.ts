// A recording in memory, into a writer.
import { moviePixels, type Recording } from "@minisim/recording";
import { chunkCount, product, rowsOfChunk } from "./grid.ts";
import { OBSERVED, SNAPSHOTS } from "./movie.ts";
import type { RecordingWriter } from "./writer.ts";

/** Writes all frames, observed and snapshots, of the recording that the writer's header was made of. */
export async function writeMovies(writer: RecordingWriter, recording: Recording): Promise<void> {
  await writeMovie(writer, OBSERVED, moviePixels(recording.observed));
  for (const { name, movie } of Object.values(recording.snapshots)) {
    await writeMovie(writer, `${SNAPSHOTS}/${name}`, moviePixels(movie));
  }
}

async function writeMovie(
  writer: RecordingWriter,
  array: string,
  pixels: Float32Array | Float64Array,
): Promise<void> {
  const layout = writer.layout(array);
  const size = product(layout.shape.slice(1));
  for (let index = 0; index < chunkCount(layout); index++) {
    const [start, end] = rowsOfChunk(layout, index);
    await writer.writeChunk(index, pixels.subarray(start * size, end * size), array);
  }
}
