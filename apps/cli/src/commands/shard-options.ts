// What goes with --shard and what does not.
import { usageFailure } from "../failure.ts";
import type { ShardOption } from "./options.ts";

export const nameOf = ({ number, of }: ShardOption): string => `${number}/${of}`;

interface ShardOptions {
  readonly shard?: ShardOption;
  readonly finish?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly profile?: boolean;
}

/** @throws Failure for options that do not go with shards. */
export function checkShard({ shard, finish, force, dryRun, profile }: ShardOptions): void {
  if (!shard) {
    if (finish)
      throw usageFailure("--finish goes with --shard; minisim finish OUTPUT puts shards together.");
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
