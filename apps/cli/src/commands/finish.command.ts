// minisim finish, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { QUIET } from "./options.ts";

export function declareFinish({ context, command, exit }: Declaring): void {
  command(
    "finish",
    "Check what the shards of a recording or of a sweep have made, and put it together.",
    ["minisim finish out.zarr", "minisim finish results"],
  )
    .argument("<output>", "the -o of the shards")
    .addOption(QUIET)
    .option("--json", "machine-readable summary")
    .action(async (output, options) => {
      const { finish } = await import("./finish.ts");
      exit(await finish(context, output, defined(options)));
    });
}
