// minisim render, as it is called.
import { PICTURES } from "../picture-names.ts";
import { type Declaring, defined } from "./declaration.ts";
import { QUIET, wholeNumber } from "./options.ts";

export function declareRender({ context, command }: Declaring): void {
  command("render", "Draw pictures of a recording as PNG files.", [
    "minisim render recording.zarr -o pictures",
    "minisim render recording.zarr -o pictures --only mean,traces",
    "minisim render recording.zarr -o pictures --only frame --frame 100",
  ])
    .argument("<store>", "folder of a recording")
    .requiredOption("-o, --output <folder>", "folder for the pictures; made if absent")
    .option("--only <pictures>", `some of ${PICTURES.join(", ")}`, (text) => text.split(","))
    .option("--frame <n>", "number of the frame to draw, from 0", wholeNumber)
    .option("--format <format>", "png or svg", "png")
    .option("-f, --force", "replace pictures that minisim drew and nobody has edited since")
    .addOption(QUIET)
    .option("--json", "machine-readable list of files")
    .action(async (store, options) => {
      const { render } = await import("./render.ts");
      await render(context, store, defined(options));
    });
}
