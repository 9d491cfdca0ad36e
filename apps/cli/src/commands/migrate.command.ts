// minisim migrate, as it is called.
import { type Declaring, defined } from "./declaration.ts";
import { PLUGIN } from "./options.ts";

export function declareMigrate({ context, command }: Declaring): void {
  command(
    "migrate",
    "Turn a spec of the first edition, or of the Python program, into one of today's with the same light.",
    ["minisim migrate old.yaml -o spec.yaml", "minisim migrate recording.zarr > spec.json"],
  )
    .argument("<spec>", "YAML or JSON file, - for standard input, or a recording's folder")
    .option("-o, --output <file>", "file to write instead of stdout; its format is the spec's")
    .option("-f, --force", "replace a file of migrate's that nobody has edited since")
    .addOption(PLUGIN)
    .action(async (source, options) => {
      const { migrate } = await import("./migrate.ts");
      await migrate(context, source, defined(options));
    });
}
