// Simulates to disk on all cores, opens what was written, and exports it for other programs.
import { exportRecording } from "@minisim/interop";
import { buildSpec } from "minisim";
import { openRecording, simulateToStore } from "minisim/node";

const spec = buildSpec("generic_1p", "cortex_l23", { duration_s: 1, seed: 3 });
await simulateToStore(spec, "recording.zarr", { force: true });

// Opened, not loaded: the movie stays on the disk. A recording in memory is exported in the same way.
const recording = await openRecording("recording.zarr");
await exportRecording(recording, "tiff", "movie.ome.tif", { force: true });
await exportRecording(recording, "nwb", "session.nwb", { force: true });
console.log("movie (frame, height, width):", recording.shape.join(", "));

// Prints:
// movie (frame, height, width): 20, 256, 256
