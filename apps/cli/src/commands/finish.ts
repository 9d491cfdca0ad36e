// minisim finish: shards → what one machine would have made.
import { resolve } from "node:path";
import { finishShards } from "minisim/node";
import { json, lines } from "../print.ts";
import type { Context } from "./context.ts";

/** Returns the exit code: 1 when points of a sweep failed. */
export async function finish(
  { io, out }: Context,
  output: string,
  options: { readonly quiet?: boolean; readonly json?: boolean },
): Promise<number> {
  const path = resolve(io.cwd, output);
  await finishShards(path);
  if (options.json) json(io, { path: output, finished: true });
  else if (!options.quiet) lines(io, [`${out.bold(output)} is finished.`]);
  return 0;
}
