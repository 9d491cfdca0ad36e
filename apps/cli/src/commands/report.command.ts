// minisim report, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { QUIET, withScoring } from "./options.ts";

export function declareReport({ context, command }: Declaring): void {
  withScoring(
    command("report", "Draw how estimates compare with the truth and with each other.", [
      "minisim report recording.zarr -o report.html",
      "minisim report recording.zarr results.hdf5 roi oracle -o report.html",
    ])
      .argument("<store>", "folder of a recording")
      .argument("[estimates...]", "results of pipelines; roi, roi_mean and oracle where absent")
      .requiredOption("-o, --output <path>", "file NAME.html, or a folder for SVG files"),
  )
    .option("-f, --force", "replace a report that minisim wrote and nobody has edited since")
    .addOption(QUIET)
    .action(async (store, sources, options) => {
      const { report } = await import("./report.ts");
      await report(context, store, sources, defined(options));
    });
}
