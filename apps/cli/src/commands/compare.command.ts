// minisim compare, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { PLUGIN, QUIET, WORKERS, wholeNumber } from "./options.ts";

export function declareCompare({ context, command, exit }: Declaring): void {
  command("compare", "Say what differs between two recordings or specs: spec, movie, truth.", [
    "minisim compare before.zarr after.zarr",
    "minisim compare miniscope_v4/ca1 miniscope_v4/striatum --spec-only",
    "minisim compare spec.yaml recording.zarr --frames 100 -o differences.html",
    "minisim compare a.zarr b.zarr --quiet --exit-code && echo the same",
  ])
    .argument(
      "<first>",
      "folder of a recording, what to simulate (- for standard input), or a preset",
    )
    .argument("<second>", "likewise")
    .option("--frames <n>", "compare only so many frames from the start", wholeNumber)
    .option("--spec-only", "compare the specs alone: nothing is simulated or read")
    .option(
      "-o, --output <page>",
      "draw one page NAME.html: mean and standard deviation of both, and their differences",
    )
    .option("-f, --force", "replace a page that minisim wrote and nobody has edited since")
    .option("--exit-code", "end with 1 where anything differs")
    .addOption(WORKERS)
    .addOption(PLUGIN)
    .addOption(QUIET)
    .option("--json", "machine-readable result")
    .action(async (first, second, options) => {
      const { compare } = await import("./compare.ts");
      const same = await compare(context, [first, second], defined(options));
      if (options.exitCode && !same) exit(1);
    });
}
