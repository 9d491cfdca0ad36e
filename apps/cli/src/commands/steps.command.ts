// minisim steps, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { PLUGIN } from "./options.ts";

export function declareSteps({ context, command }: Declaring): void {
  command("steps", "List the effect steps; show one with parameters, units, ranges, sources.", [
    "minisim steps",
    "minisim steps vasculature",
  ])
    .argument("[kind]", "step to show")
    .addOption(PLUGIN)
    .option("--json", "machine-readable result")
    .action(async (kind, options) => {
      const { steps } = await import("./steps.ts");
      await steps(context, kind, defined(options));
    });
}
