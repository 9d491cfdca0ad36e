// Runs a sweep: every point simulated or taken from the cache, evaluated, recorded; at the end one tidy table.
import { join } from "node:path";
import { isOfTheMachine, makeFolders, openWorkFolder } from "@minisim/output";
import { SweepError } from "../problem.ts";
import type { Sweep, Variant } from "../sweep.ts";
import type { ColumnType } from "../table.ts";
import { openCache, type RecordingCache } from "./cache.ts";
import { names } from "./entries.ts";
import {
  type Evaluate,
  type Evaluation,
  keysOf,
  readAll,
  type Task,
  tasksOf,
  together,
} from "./evaluations.ts";
import { isDamage } from "./make.ts";
import {
  checkedFinding,
  type Finding,
  type Outcome,
  pointKey,
  readPoint,
  writePoint,
} from "./points.ts";
import { filesOfTables, type TableResult, writeTable } from "./table-files.ts";

export type RunProgress =
  | {
      /** A point ended. `reused`: in an earlier run. */
      readonly kind: "point";
      readonly done: number;
      readonly failed: number;
      readonly total: number;
      readonly variant: Variant;
      readonly reused: boolean;
    }
  /** Frames of a point that is being simulated. */
  | {
      readonly kind: "frames";
      readonly variant: Variant;
      readonly done: number;
      readonly total: number;
    };

export type RunResult = TableResult<Variant>;

export interface RunOptions {
  /** Where points and the table go; made where it is not there. */
  readonly folder: string;
  /** Name and version of the evaluation, or of what several have in common. Results under another one are not reused. */
  readonly evaluator: string;
  /** Goes on with a run that was stopped: what succeeded is kept, what failed is tried again. */
  readonly resume?: boolean;
  /** The default cache where absent. */
  readonly cache?: RecordingCache;
  /** Points at a time. Default 1: a simulation uses all cores by itself. */
  readonly concurrency?: number;
  /** Threads of each simulation; all that the machine has where absent. */
  readonly workers?: number;
  /** What the evaluation returns of each point in pieces, "cells" for one: a second table of this name, with a row for each. */
  readonly parts?: string;
  /** Types of columns that their values may not show: a score that is 0 or 1 everywhere is a "float". */
  readonly types?: Readonly<Record<string, ColumnType>>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

/**
 * Runs what is left of a sweep. A point that fails does not stop the others: its row has the message as `error`, and it is in `failed`.
 * @throws SweepError when the folder has points already and `resume` is not set; PathError "foreign" when the folder is not one of
 *   a sweep, "held" when another process runs a sweep there, "no_space", …; the signal's reason when aborted. What was finished by then is kept.
 */
export async function runSweep(
  sweep: Sweep,
  evaluate: Evaluate | readonly Evaluation[],
  options: RunOptions,
): Promise<RunResult> {
  const { folder, resume = false, evaluator, parts } = options;
  const own = await openWorkFolder(folder, "sweep", filesOfTables(parts));
  const points = join(own.path, "points");
  try {
    await makeFolders(points);
    const finished = (await names(points)).some((name) => name.endsWith(".json"));
    if (finished && !resume) {
      throw refusal(
        `${folder} has points of an earlier run; resume that one, or choose another folder.`,
      );
    }
    const tasks = tasksOf(evaluate, evaluator);
    const outcomes = await runPoints(sweep, () => tasks, points, options);
    return await writeTable(sweep.variants, outcomes, own, options);
  } finally {
    await own.release();
  }
}

const refusal = (message: string) => new SweepError([{ path: [], message }]);

/** Runs what has not succeeded yet of the tasks of each point, and returns how these have ended, by the point's index. */
export async function runPoints(
  { variants, simulator }: Pick<Sweep, "variants" | "simulator">,
  tasksOfPoint: (variant: Variant) => readonly Task[],
  points: string,
  options: RunOptions,
): Promise<Outcome[]> {
  const { concurrency = 1, parts, onProgress } = options;
  const cache = options.cache ?? openCache(undefined, { simulator });
  // A failure of the runner itself, a full disk for one, stops all points.
  const control = new AbortController();
  const signal = options.signal
    ? AbortSignal.any([options.signal, control.signal])
    : control.signal;
  const outcomes: Outcome[] = [];
  let done = 0;
  let failed = 0;
  const end = (variant: Variant, ended: readonly (Outcome | undefined)[], reused: boolean) => {
    const outcome = together(ended)!;
    outcomes[variant.index] = outcome;
    done += 1;
    if ("error" in outcome) failed += 1;
    onProgress?.({ kind: "point", done, failed, total: variants.length, variant, reused });
  };

  const waiting: { readonly variant: Variant; readonly known: (Outcome | undefined)[] }[] = [];
  for (const variant of variants) {
    const known = await readAll(points, keysOf(variant, tasksOfPoint(variant)));
    if (known.every((outcome) => isWhole(outcome, parts))) end(variant, known, true);
    else waiting.push({ variant, known });
  }
  const queue = waiting.values();
  const worker = async () => {
    for (const { variant, known } of queue) {
      for (const [i, { evaluator, evaluate }] of tasksOfPoint(variant).entries()) {
        if (isWhole(known[i], parts)) continue;
        signal.throwIfAborted();
        const outcome = await runPoint(variant, evaluate, cache, { ...options, signal });
        const key = pointKey(variant, evaluator);
        // Another shard may have had more luck.
        const isWorse = "error" in outcome && isWhole(await readPoint(points, key), parts);
        if (!isWorse) await writePoint(points, key, variant, evaluator, outcome);
        known[i] = outcome;
      }
      end(variant, known, false);
    }
  };
  const workers = Array.from({ length: Math.max(1, Math.min(concurrency, waiting.length)) }, () =>
    worker().catch((error: unknown) => {
      control.abort(error);
      throw error;
    }),
  );
  // All have stopped when this throws.
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return outcomes;
}

function isWhole(outcome: Outcome | undefined, parts: string | undefined): outcome is Finding {
  return outcome !== undefined && "results" in outcome && (!parts || outcome.parts !== undefined);
}

async function runPoint(
  variant: Variant,
  evaluate: Evaluate,
  cache: RecordingCache,
  options: RunOptions & { readonly signal: AbortSignal },
): Promise<Outcome> {
  const { signal } = options;
  try {
    const finding =
      (await evaluateOnce(variant, evaluate, cache, options)) ??
      (await evaluateOnce(variant, evaluate, cache, options));
    if (!finding) throw new Error(`the recording ${variant.cache_key} is damaged again and again.`);
    return finding;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof MachineFailure) throw error.cause;
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** A full disk and its like, while a recording is made or found: no point of the run can do better. */
class MachineFailure extends Error {}

/** Undefined where the cached recording turned out to be damaged. Opening does not read all of it. It is removed then. */
async function evaluateOnce(
  variant: Variant,
  evaluate: Evaluate,
  cache: RecordingCache,
  { signal, workers, parts, onProgress }: RunOptions & { readonly signal: AbortSignal },
): Promise<Finding | undefined> {
  const { tags, spec, index, cache_key, pipeline } = variant;
  const get = cache.get(spec, {
    signal,
    ...(workers !== undefined && { workers }),
    onProgress: (frames) => onProgress?.({ kind: "frames", variant, ...frames }),
  });
  const { recording, path, release } = await get.catch((error: unknown) => {
    throw isOfTheMachine(error) ? new MachineFailure("", { cause: error }) : error;
  });
  try {
    const results = await evaluate({
      recording,
      path,
      tags,
      spec,
      index,
      cache_key,
      pipeline,
      signal,
    });
    signal.throwIfAborted();
    return checkedFinding(results, parts, new Set(["index", ...Object.keys(tags)]));
  } catch (error) {
    signal.throwIfAborted();
    // The error may as well be about a store of the evaluation's own.
    if (!isDamage(error) || (await recording.verify()).length === 0) throw error;
    await cache.drop(cache_key);
    return undefined;
  } finally {
    await release();
  }
}
