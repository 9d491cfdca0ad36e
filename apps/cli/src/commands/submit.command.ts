// minisim submit slurm, as it is called.
import { Option } from "@commander-js/extra-typings";
import { type Declaring, defined } from "./declaration.ts";
import { CACHE, collect, PLUGIN, QUIET, SEED, SET, wholeNumber } from "./options.ts";

const SBATCH = new Option("--sbatch <option>", "another option of sbatch; may be repeated")
  .argParser(collect)
  .default([] as string[]);
const PIPELINE = new Option("--pipeline <name|name=command>", "as of sweep; may be repeated")
  .argParser(collect)
  .default([] as string[]);

export function declareSubmit({ context, command }: Declaring): void {
  const submit = command(
    "submit",
    "Hand the shards of a recording or of a sweep to a scheduler, and their finish behind them.",
    [
      "minisim submit slurm spec.yaml -o out.zarr --shards 16 --time 1:00:00 --cpus 4",
      "minisim submit slurm sweep.yaml -o results --shards 40 --partition cpu --mem 8G",
      "minisim submit slurm spec.yaml -o out.zarr --shards 16 --print > job.sh",
    ],
  );
  submit
    .command("slurm")
    .description("An array job of SLURM, a task for each shard, and a job that finishes it.")
    .argument("<spec|preset|sweep>", "a file that the nodes see too, or a preset")
    .requiredOption("-o, --output <path>", "as of simulate or sweep; the nodes see it too")
    .addOption(
      new Option("--shards <n>", "tasks of the array").argParser(wholeNumber).makeOptionMandatory(),
    )
    .option("--partition <name>", "as of sbatch")
    .option("--account <name>", "as of sbatch")
    .option("--time <limit>", "of each task, as of sbatch; what is not done by then is requeued")
    .option("--mem <size>", "of each task, as of sbatch; --dry-run of simulate says how much")
    .addOption(new Option("--cpus <n>", "of each task, as many threads").argParser(wholeNumber))
    .addOption(SBATCH)
    .option("--command <words>", "how the nodes call minisim; as it was called here where absent")
    .option("--print", "print the script, and submit nothing")
    .addOption(SET)
    .addOption(SEED)
    .option("--until <stage>", "as of simulate")
    .addOption(PIPELINE)
    .option("--allow-commands", "as of sweep")
    .addOption(CACHE)
    .addOption(PLUGIN)
    .addOption(QUIET)
    .option("--json", "machine-readable numbers of the jobs")
    .action(async (source, options) => {
      const { submitSlurm } = await import("./submit.ts");
      await submitSlurm(context, source, defined(options));
    });
}
