// minisim score, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import {
  ALL_CELLS,
  CORRECTIONS,
  CROP,
  EVENT_TOLERANCE,
  FORMAT,
  FRAME_BINNING,
  FRAME_STRIDE,
  FRAMES,
  METRIC,
  ORIENTATION,
  PLUGIN,
  READ_OPTION,
  SHIFT,
  SPATIAL_BINNING,
  THRESHOLD,
} from "./options.ts";

export function declareScore({ context, command }: Declaring): void {
  command("score", "Score a pipeline's results against the truth of a recording.", [
    "minisim score recording.zarr caiman_results.hdf5",
    "minisim score recording.zarr suite2p/plane0 --metric cosine --threshold 0.7",
    "minisim score recording.zarr roi      # a naive pipeline: the floor",
    "minisim score recording.zarr oracle   # demixing with the true footprints: the ceiling",
  ])
    .argument("<store>", "folder of a recording")
    .argument("<estimate>", "results of a pipeline, or roi, roi_mean, oracle")
    .addOption(FORMAT)
    .addOption(READ_OPTION)
    .addOption(PLUGIN)
    .addOption(METRIC)
    .addOption(THRESHOLD)
    .addOption(ALL_CELLS)
    .addOption(SHIFT)
    .addOption(CORRECTIONS)
    .addOption(EVENT_TOLERANCE)
    .addOption(ORIENTATION)
    .addOption(CROP)
    .addOption(SPATIAL_BINNING)
    .addOption(FRAMES)
    .addOption(FRAME_STRIDE)
    .addOption(FRAME_BINNING)
    .option("--json", "machine-readable report, with a row for every cell")
    .action(async (store, source, options) => {
      const { score } = await import("./score.ts");
      await score(context, store, source, defined(options));
    });
}
