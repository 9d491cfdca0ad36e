// What goes with --shard and what does not.

import type { Shard } from "@minisim/output";
import { EXIT, usageFailure } from "../failure.ts";
import type { Context } from "./context.ts";

export const nameOf = ({ number, of }: Shard): string => `${number}/${of}`;

interface ShardOptions {
  readonly shard?: Shard;
  readonly finish?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly profile?: boolean;
}

/** Takes --shard up, where it is given. @throws Failure for options that do not go with it. */
export function takeShard(
  context: Context,
  { shard, finish, force, dryRun, profile }: ShardOptions,
): void {
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
  // What a scheduler takes away it may give back: these codes ask it to.
  context.interruptedCode = EXIT.noProgress;
}

/** A part of the shard is on the disk, so that another run would come further, however soon this one is ended. */
export function noteProgress(context: Context): void {
  context.interruptedCode = EXIT.tryAgain;
}
