// minisim finish: shards → what one machine would have made.
import { finishSweep, sweepStatus } from "@minisim/sweep/node";
import { finishShards, isObjectAddress } from "minisim/node";
import { json, lines } from "../print.ts";
import { recordingPlace } from "../stored.ts";
import type { Context } from "./context.ts";
import { reportSweep } from "./sweep-report.ts";

/** Returns the exit code: 1 when points of a sweep failed. */
export async function finish(
  context: Context,
  output: string,
  options: { readonly quiet?: boolean; readonly json?: boolean },
): Promise<number> {
  const { io, out } = context;
  const path = recordingPlace(io.cwd, output);
  if (!isObjectAddress(path) && (await sweepStatus(path))) {
    return reportSweep(context, await finishSweep(path), { ...options, output });
  }
  await finishShards(path);
  if (options.json) json(io, { path: output, finished: true });
  else if (!options.quiet) lines(io, [`${out.bold(output)} is finished.`]);
  return 0;
}
