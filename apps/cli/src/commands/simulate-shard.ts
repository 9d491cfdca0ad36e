// minisim simulate --shard: a part of a recording, into the folder that all parts share.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Shard } from "@minisim/output";
import type { Spec } from "@minisim/spec";
import type { Simulator } from "minisim";
import {
  finishShards,
  isObjectAddress,
  recordingStatus,
  type SimulatedShard,
  simulateShard,
} from "minisim/node";
import { json, lines } from "../print.ts";
import { progressFor } from "../progress.ts";
import { leftAtAddress } from "../stored.ts";
import { type Context, printWarnings, withWarningsOf } from "./context.ts";
import { nameOf, noteProgress } from "./shard-options.ts";
import { sharingOf } from "./shared-scene.ts";

export interface ShardRun {
  readonly until?: string;
  readonly finish?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly cache?: string;
  readonly shard: Shard;
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
  const inObjects = isObjectAddress(path);
  context.left = () =>
    inObjects
      ? leftAtAddress(output)
      : existsSync(`${path}.shards`)
        ? `what was finished of shard ${nameOf(shard)} is in ${output}.shards: the same command goes on with it.`
        : "nothing was left behind.";
  const progress = progressFor(context, run);
  progress.label("preparing the scene …");
  const cache = run.cache && resolve(io.cwd, run.cache);
  const sharing = await sharingOf(spec, { simulator, shard, cache });
  const part = await simulateShard(spec, path, {
    ...(sharing.share && { share: sharing.share }),
    simulator,
    workers,
    shard,
    signal: io.signal,
    onProgress: progress.frames,
    onChunk: () => noteProgress(context),
    ...(until === undefined ? {} : { until }),
  }).finally(async () => {
    progress.clear();
    await sharing.release();
  });
  const warnings = [...run.warnings, ...sharing.warnings()];
  if (!quiet) printWarnings(context, withWarningsOf(warnings, part.warnings));
  const { counts } = sharing;
  let { published } = part;
  if (finish && !published) {
    const { chunks, done, has_truth } = await recordingStatus(path);
    if (done === chunks && has_truth) {
      await finishShards(path);
      published = true;
    }
  }
  const { chunks, rendered, cache_key } = part;
  if (run.json) {
    const scene = { pieces_made: counts.made, pieces_taken: counts.taken };
    return json(io, { path: output, shard, chunks, rendered, published, cache_key, scene });
  }
  if (quiet) return;
  const lasts = published ? "finished" : `minisim finish ${output} puts all shards together`;
  const own = published && chunks === 0 ? [] : [`shard ${nameOf(shard)}: ${inWords(part)}`];
  const { taken, made } = counts;
  const shared =
    taken + made > 0 ? [`${made} of ${made + taken} pieces of its scene made here`] : [];
  lines(io, [out.bold(output), ...[...own, ...shared, lasts].map((line) => `  ${line}`)]);
}

function inWords({ chunks, rendered }: Pick<SimulatedShard, "chunks" | "rendered">): string {
  if (chunks === 0) return "none of the chunks is its own";
  const before = rendered < chunks ? `, ${chunks - rendered} of them before` : "";
  return `its ${chunks} ${chunks === 1 ? "chunk is" : "chunks are"} there${before}`;
}
