// minisim export, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { DRY_RUN, OPTION, PLUGIN, QUIET, SEED, SET, WORKERS, YES } from "./options.ts";

export function declareExport({ context, command }: Declaring): void {
  command(
    "export",
    "Write a recording in the layout of another tool; without one, list the formats that are written and read.",
    [
      "minisim export",
      "minisim export --to miniscope_v4",
      "minisim export recording.zarr --to nwb -o recording.nwb",
      "minisim export recording.zarr -o movie.avi",
      "minisim export miniscope_v4/ca1 --to tiff -o movie.tif --set acquisition.duration_s=10",
    ],
  )
    .argument(
      "[store|spec|preset]",
      "folder of a recording, or what to simulate (- for standard input)",
    )
    .option(
      "--to <format>",
      "one of those that export lists; the ending of the output names it where absent",
    )
    .option("-o, --output <path>", "file or folder to write")
    .addOption(OPTION)
    .addOption(SET)
    .addOption(SEED)
    .option("-f, --force", "replace what is there, once the new one is complete")
    .addOption(WORKERS)
    .addOption(DRY_RUN)
    .addOption(YES)
    .addOption(PLUGIN)
    .addOption(QUIET)
    .option("--json", "machine-readable result")
    .action(async (source, options) => {
      if (source === undefined) {
        const { listFormats } = await import("./formats.ts");
        return listFormats(context, defined(options));
      }
      const { exportAs } = await import("./export.ts");
      await exportAs(context, source, defined(options));
    });
}
