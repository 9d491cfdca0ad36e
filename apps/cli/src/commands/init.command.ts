// minisim init, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { ADD, PLUGIN } from "./options.ts";

export function declareInit({ context, command }: Declaring): void {
  command("init", "Write a commented spec from a preset; list the presets without one.", [
    "minisim init",
    "minisim init miniscope_v4/ca1 -o spec.yaml",
    "minisim init miniscope_v4/ca1 --add hemodynamics --add acquisition_faults -o spec.yaml",
  ])
    .argument("[preset]", "name of a preset")
    .addOption(ADD)
    .addOption(PLUGIN)
    .option("-o, --output <file>", "file to write instead of stdout")
    .option("-f, --force", "replace a file of init's that nobody has edited since")
    .option("--json", "JSON instead of YAML, without comments")
    .action(async (name, options) => {
      const { init } = await import("./init.ts");
      await init(context, name, defined(options));
    });
}
