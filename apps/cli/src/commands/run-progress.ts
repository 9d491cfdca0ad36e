// The progress of a pipeline: on a terminal one line that is drawn anew, elsewhere a line for each stage.
import type { Progress } from "@minisim/pipelines";
import { progressFor } from "../progress.ts";
import type { Context } from "./context.ts";

export function stagesOf(context: Context, name: string, options: { readonly quiet?: boolean }) {
  const { io } = context;
  const line = progressFor(context, options);
  const isDrawn = io.stderr.isTTY === true;
  let last = "";
  return {
    show({ done, total, stage }: Progress) {
      const count = total > 0 ? `${done}/${total}  ` : "";
      if (isDrawn) line.label(`${name}  ${count}${stage}`);
      else if (!options.quiet && stage !== last) io.stderr.write(`${name}: ${stage}\n`);
      last = stage;
    },
    clear: () => line.clear(),
  };
}
