// minisim schema, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { PLUGIN } from "./options.ts";

export function declareSchema({ context, command }: Declaring): void {
  command("schema", "Print the JSON Schema of specs, for editors.", [
    "minisim schema > spec.schema.json",
  ])
    .addOption(PLUGIN)
    .action(async (options) => {
      const { schema } = await import("./schema.ts");
      await schema(context, defined(options));
    });
}
