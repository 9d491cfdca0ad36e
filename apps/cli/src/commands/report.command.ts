// minisim report, as it is called.
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
  QUIET,
  READ_OPTION,
  SHIFT,
  SPATIAL_BINNING,
  THRESHOLD,
} from "./options.ts";

export function declareReport({ context, command }: Declaring): void {
  command("report", "Draw how estimates compare with the truth and with each other.", [
    "minisim report recording.zarr -o report.html",
    "minisim report recording.zarr results.hdf5 roi oracle -o report.html",
  ])
    .argument("<store>", "folder of a recording")
    .argument("[estimates...]", "results of pipelines; roi, roi_mean and oracle where absent")
    .requiredOption("-o, --output <path>", "file NAME.html, or a folder for SVG files")
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
    .option("-f, --force", "replace a report that minisim wrote and nobody has edited since")
    .addOption(QUIET)
    .action(async (store, sources, options) => {
      const { report } = await import("./report.ts");
      await report(context, store, sources, defined(options));
    });
}
