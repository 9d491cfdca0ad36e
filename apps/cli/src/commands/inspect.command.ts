// minisim inspect, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { PLUGIN } from "./options.ts";

export function declareInspect({ context, command }: Declaring): void {
  command("inspect", "Say what is in a recording: sizes, cells, light, motion, warnings.", [
    "minisim inspect recording.zarr",
    "minisim inspect recording.zarr --json",
  ])
    .argument("<store>", "folder of a recording")
    .addOption(PLUGIN)
    .option("--json", "machine-readable result")
    .action(async (store, options) => {
      const { inspect } = await import("./inspect.ts");
      await inspect(context, store, defined(options));
    });
}
