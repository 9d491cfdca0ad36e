// minisim simulate --shard: a part of a recording, into the folder that all parts share.
import type { Spec } from "@minisim/spec";
import type { Simulator } from "minisim";
import { finishShards, recordingStatus, simulateShard } from "minisim/node";
import { usageFailure } from "../failure.ts";
import { json, lines } from "../print.ts";
import { progressFor } from "../progress.ts";
import { type Context, printWarnings, withWarningsOf } from "./context.ts";
import type { ShardOption } from "./options.ts";
import type { SimulateOptions } from "./simulate.ts";

/** @throws Failure for options that do not go with shards. */
export function checkShard(options: SimulateOptions): void {
  const { shard, finish, force, dryRun, profile } = options;
  if (!shard) {
    if (finish)
      throw usageFailure("--finish goes with --shard; minisim finish STORE puts shards together.");
    return;
  }
  if (force) {
    throw usageFailure(
      "--shard replaces nothing, so --force does not go with it: what other shards have written stays. Remove what is in the way, or choose another path.",
    );
  }
  if (dryRun)
    throw usageFailure("--dry-run tells what all shards cost together: leave --shard out.");
  if (profile) throw usageFailure("--profile goes with a whole recording: leave --shard out.");
}

export interface ShardRun extends Pick<SimulateOptions, "until" | "finish" | "quiet" | "json"> {
  readonly shard: ShardOption;
  readonly output: string;
  readonly simulator: Simulator;
  readonly workers: number;
  readonly warnings: readonly string[];
}

export async function simulateShardOf(
  context: Context,
  spec: Spec,
  path: string,
  run: ShardRun,
): Promise<void> {
  const { io, out } = context;
  const { shard, output, simulator, workers, until, finish, quiet } = run;
  context.left = () =>
    `what was finished of shard ${shard.number}/${shard.of} is in ${output}.shards: the same command goes on with it.`;
  const progress = progressFor(context, run);
  progress.label("preparing the scene …");
  const part = await simulateShard(spec, path, {
    simulator,
    workers,
    shard,
    signal: io.signal,
    onProgress: progress.frames,
    ...(until === undefined ? {} : { until }),
  }).finally(progress.clear);
  if (!quiet) printWarnings(context, withWarningsOf(run.warnings, part.warnings));
  let { published } = part;
  if (finish && !published) {
    const { chunks, done, has_truth } = await recordingStatus(path);
    if (done === chunks && has_truth) {
      await finishShards(path);
      published = true;
    }
  }
  const { chunks, rendered, cache_key } = part;
  if (run.json) return json(io, { path: output, shard, chunks, rendered, published, cache_key });
  if (quiet) return;
  const kept = chunks - rendered;
  const before = kept > 0 ? `, ${kept} of them before` : "";
  const own = `shard ${shard.number}/${shard.of}: its ${chunks} ${chunks === 1 ? "chunk is" : "chunks are"} there${before}`;
  lines(
    io,
    [
      out.bold(output),
      chunks > 0 || !published ? `  ${own}` : "",
      published ? "  finished" : `  minisim finish ${output} puts all shards together`,
    ].filter(Boolean),
  );
}
