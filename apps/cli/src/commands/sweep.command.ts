// minisim sweep, as it is called.
import { usageFailure } from "../failure.ts";
import { type Declaring, defined } from "./declaration.ts";
import {
  CACHE,
  collect,
  DRY_RUN,
  FINISH,
  PLUGIN,
  QUIET,
  SET,
  SHARD,
  WORKERS,
  YES,
} from "./options.ts";

export function declareSweep({ context, command, exit }: Declaring): void {
  command("sweep", "Simulate every point of a grid, score pipelines on it, keep one table.", [
    "minisim sweep --template > sweep.yaml",
    "minisim sweep sweep.yaml --dry-run",
    "minisim sweep sweep.yaml -o results --pipeline roi --pipeline oracle",
    "minisim sweep sweep.yaml -o results --pipeline 'mine=python mine.py {recording} {estimate}'",
    "minisim sweep sweep.yaml -o results --resume",
    "minisim sweep sweep.yaml -o results --shard 3/8",
  ])
    .argument("[sweep]", "YAML or JSON file with a base, axes and pipelines; - for standard input")
    .option("--template", "print a sweep file to start from, every field explained")
    .option("-o, --output <folder>", "folder for the points and the table")
    .option("--resume", "go on where an earlier run stopped; nothing is done twice")
    .addOption(SHARD)
    .addOption(FINISH)
    .addOption(SET)
    .addOption(DRY_RUN)
    .addOption(YES)
    .option(
      "--pipeline <name|name=command>",
      "a pipeline to score, beside those of the file; may be repeated",
      collect,
      [] as string[],
    )
    .option(
      "--allow-commands",
      "run the commands that the file names as pipelines; read them first",
    )
    .addOption(CACHE)
    .option("--cache-size <size>", "most that the cache may hold, as in 50GB")
    .addOption(WORKERS)
    .addOption(PLUGIN)
    .addOption(QUIET)
    .option("--json", "machine-readable summary")
    .action(async (source, options) => {
      if (options.template) {
        const { SWEEP_TEMPLATE } = await import("./sweep-template.ts");
        context.io.stdout.write(SWEEP_TEMPLATE);
        return;
      }
      if (source === undefined) throw usageFailure("sweep needs a file; --template prints one.");
      const { sweep } = await import("./sweep.ts");
      exit(await sweep(context, source, defined(options)));
    });
}
