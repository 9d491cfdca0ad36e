// minisim status, as it is called.
import { type Declaring, defined } from "./declaration.ts";

export function declareStatus({ context, command }: Declaring): void {
  command("status", "Say how far a recording or a sweep is, by the files that are there.", [
    "minisim status out.zarr",
    "minisim status results --json",
  ])
    .argument("<output>", "the -o of simulate or sweep")
    .option("--json", "machine-readable status")
    .action(async (output, options) => {
      const { status } = await import("./status.ts");
      await status(context, output, defined(options));
    });
}
