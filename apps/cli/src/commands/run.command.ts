// minisim run, as it is called.
import { Option } from "@commander-js/extra-typings";
import { type Declaring, defined } from "./declaration.ts";
import { CACHE, collect, PLUGIN, QUIET, WORKERS, YES } from "./options.ts";

const PARAMETER = new Option(
  "--set <parameter=value>",
  "set a parameter of the pipeline; may be repeated",
)
  .argParser(collect)
  .default([] as string[]);

export function declareRun({ context, command }: Declaring): void {
  command(
    "run",
    "Run a pipeline whole on a recording and score what it finds; without a recording, list its parameters.",
    [
      "minisim run",
      "minisim run suite2p",
      "minisim run suite2p recording.zarr -o suite2p-run --set threshold_scaling=0.5",
      "minisim run minian miniscope_v4/ca1 -o minian-run",
      "minisim run caiman recording.zarr -o caiman-run --python ~/miniforge3/envs/caiman/bin/python",
      "minisim run ./my-pipeline recording.zarr -o my-run",
    ],
  )
    .argument("[pipeline]", "one of those that run lists, or the folder of one of your own")
    .argument("[store|spec|preset]", "folder of a recording, or what to simulate into the cache")
    .option("-o, --output <folder>", "folder for the results, run.json, log.txt and score.json")
    .addOption(PARAMETER)
    .option("--python <path>", "Python of an environment of yours, in place of one that is made")
    .option("--no-score", "leave the score out")
    .option("--again", "run anew what the cache has already")
    .option("--resume", "keep what is there, if it is the same run")
    .option("-f, --force", "replace what is there, once the new one is complete")
    .addOption(CACHE)
    .addOption(WORKERS)
    .addOption(YES)
    .addOption(PLUGIN)
    .addOption(QUIET)
    .option("--json", "machine-readable result")
    .action(async (pipeline, source, options) => {
      if (pipeline === undefined || source === undefined) {
        const { listPipelines, describePipeline } = await import("./pipelines.ts");
        if (pipeline === undefined) return listPipelines(context, defined(options));
        return describePipeline(context, pipeline, defined(options));
      }
      const { run } = await import("./run.ts");
      await run(context, pipeline, source, defined(options));
    });
}
