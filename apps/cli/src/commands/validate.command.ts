// minisim validate, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { PLUGIN, SET } from "./options.ts";

export function declareValidate({ context, command, exit }: Declaring): void {
  command("validate", "Check a spec; every issue as file:line:column path: sentence.", [
    "minisim validate spec.yaml",
    "minisim validate spec.yaml --set acquisition.fps=30 --json",
  ])
    .argument(
      "<spec|preset>",
      "YAML or JSON file, - for standard input, a recording's folder, or a preset",
    )
    .addOption(SET)
    .addOption(PLUGIN)
    .option("--json", "machine-readable result")
    .action(async (source, options) => {
      const { validate } = await import("./validate.ts");
      exit(await validate(context, source, defined(options)));
    });
}
