// minisim measure, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { PLUGIN, QUIET, SEED, SET, WORKERS, wholeNumber } from "./options.ts";

export function declareMeasure({ context, command }: Declaring): void {
  command("measure", "Measure the statistics of a movie, also beside those of real recordings.", [
    "minisim measure recording.zarr --against",
    "minisim measure miniscope_v4/ca1 --set acquisition.duration_s=10 --against",
    "minisim measure miniscope_v4/ca1 --bin 2 --bin-frames 2 --against",
    "minisim measure spec.yaml --against mine.json --json",
    "minisim measure movie.tif --fps 20 --pixel-size 1.1 --against",
    "minisim measure miniscope_v4/ca1 --stage vignette -o measures.html",
    "minisim measure movie.npy --axes YXT --fps 20 --cell-radius-px 6",
  ])
    .argument(
      "<store|spec|preset|movie>",
      "folder of a recording, what to simulate (- for standard input), or a movie of another program",
    )
    .option(
      "--against [file]",
      "draw the range of real recordings beside: those that minisim knows, or a JSON list of { measure, value }",
    )
    .option(
      "--stage <name>",
      "measure the movie after this stage: of a recording that keeps it, or of what is simulated",
    )
    .option("-o, --output <page>", "draw one page NAME.html, beside the reference")
    .option("-f, --force", "replace a page that minisim wrote and nobody has edited since")
    .option("--cell-radius <um>", "radius of a cell as it appears; 7.5 where absent", Number)
    .option("--cell-radius-px <px>", "the same in pixels", Number)
    .option("--fps <hz>", "frame rate of a movie, instead of what its file tells", Number)
    .option("--pixel-size <um>", "side of a pixel of a movie in the tissue, likewise", Number)
    .option("--axes <letters>", "axes of a movie, like TYX (frame × height × width) or YXT")
    .option("--dataset <path>", "which array of an HDF5, NWB or Zarr file is the movie")
    .option("--ffmpeg <program>", "the program that reads compressed videos; ffmpeg where absent")
    .option("--bin <n>", "measure means of n × n pixels", wholeNumber)
    .option("--bin-frames <n>", "measure means of n frames", wholeNumber)
    .option("--remove-stripes", "subtract the offset of every row first")
    .addOption(SET)
    .addOption(SEED)
    .addOption(WORKERS)
    .addOption(PLUGIN)
    .addOption(QUIET)
    .option("--json", "machine-readable result")
    .action(async (source, options) => {
      const { measure } = await import("./measure.ts");
      await measure(context, source, defined(options));
    });
}
