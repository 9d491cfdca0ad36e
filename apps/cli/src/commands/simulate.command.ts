// minisim simulate, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import {
  CACHE,
  DRY_RUN,
  FINISH,
  PLUGIN,
  QUIET,
  SEED,
  SET,
  SHARD,
  WORKERS,
  YES,
} from "./options.ts";

export function declareSimulate({ context, command }: Declaring): void {
  command("simulate", "Simulate a recording and store it with its ground truth.", [
    "minisim simulate miniscope_v4/ca1 -o recording.zarr",
    "minisim simulate spec.yaml -o out.zarr --seed 7 --set acquisition.optics.na=0.2",
    "minisim simulate spec.yaml -o out.zarr --set steps.place_neurons.density_per_mm3=1e4",
    "minisim simulate spec.yaml -o clean.zarr --until composite",
    "minisim simulate spec.yaml -o out.zarr --resume",
    "minisim simulate spec.yaml -o out.zarr --shard 3/8",
    "minisim simulate spec.yaml -o s3://bucket/out.zarr",
    "minisim simulate recording.zarr -o again.zarr --seed 8",
    "python make_spec.py | minisim simulate - -o out.zarr",
  ])
    .argument(
      "<spec|preset>",
      "YAML or JSON file, - for standard input, a recording to make again, or a preset",
    )
    .option("-o, --output <store>", "folder to write, NAME.zarr, or s3://BUCKET/NAME.zarr")
    .addOption(SET)
    .addOption(SEED)
    .option("--until <stage>", "keep the movie after this stage instead of the last")
    .option("-f, --force", "replace the store if it exists, once the new one is complete")
    .option("--resume", "continue what a killed run left unfinished; the bytes are the same")
    .addOption(SHARD)
    .addOption(FINISH)
    .addOption(CACHE)
    .addOption(WORKERS)
    .addOption(DRY_RUN)
    .addOption(YES)
    .option("--profile", "print at the end where the time went")
    .addOption(PLUGIN)
    .addOption(QUIET)
    .option("--json", "machine-readable summary")
    .action(async (source, options) => {
      const { simulate } = await import("./simulate.ts");
      await simulate(context, source, defined(options));
    });
}
