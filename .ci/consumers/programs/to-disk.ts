// A recording streamed to a store on two threads, and read again.
import { loadRecording, openRecording, simulateToStore, summarize } from "minisim/node";
import { sha256 } from "./sha256.js";
import { spec } from "./spec.js";

await simulateToStore(spec, "recording.zarr", { workers: 2 });
const { movie, cells } = await summarize(await openRecording("recording.zarr"));
const { observed } = await loadRecording("recording.zarr");
console.log(
  JSON.stringify({
    shape: [movie.frames, movie.height, movie.width],
    cells: cells.n_units,
    movie: await sha256(observed.data),
  }),
);
