// A sweep in shards: each does its share of the points in a folder that all of them see, and whoever comes last makes the one table.
// What the sweep is lies beside the points, so that the table needs neither the sweep's file nor its steps and pipelines.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  codeOf,
  makeFolders,
  openWorkFolder,
  readNote,
  readShardCount,
  runAgain,
  SHARDS_NAME,
  type Shard,
  shardCountText,
  shardOf,
  shareWorkFolder,
  withFsErrors,
  writeWhole,
} from "@minisim/output";
import { SweepError } from "../problem.ts";
import type { Sweep, Variant } from "../sweep.ts";
import {
  type Evaluate,
  type Evaluation,
  keysOf,
  readAll,
  tasksOf,
  together,
} from "./evaluations.ts";
import type { Outcome } from "./points.ts";
import { type RunOptions, runPoints } from "./run.ts";
import {
  filesOfTables,
  type Point,
  type TableOptions,
  type TableResult,
  writeTable,
} from "./table-files.ts";

export interface SweepShardOptions extends Omit<RunOptions, "resume"> {
  /** Of `of` shards the one of this number, from 1. Every `of`-th point is its own; of more shards than points each has some of the evaluations of one. */
  readonly shard: Shard;
}

export interface SweepShardResult {
  /** Points that this shard has to do with. */
  readonly points: number;
  /** Those of them that failed; running the shard again tries them again. */
  readonly failed: readonly { readonly variant: Point; readonly message: string }[];
}

export interface SweepStatus {
  readonly points: number;
  readonly done: number;
  /** Of those that are done. */
  readonly failed: number;
  /** Whether the table was made; points that failed may have been tried again since. */
  readonly has_table: boolean;
  /** In shards as the one said that began last. */
  readonly shards: readonly {
    readonly number: number;
    /** Points that it has to do with, and those of them for which it has done its share. */
    readonly points: number;
    readonly done: number;
  }[];
}

interface Plan extends Pick<TableOptions, "parts" | "types"> {
  readonly points: readonly (Point & { readonly keys: readonly string[] })[];
}

const FORMAT = "minisim-sweep-plan";
const PLAN = "sweep.json";
const KIND = "sweep";

const refusal = (message: string) => new SweepError([{ path: [], message }]);

/**
 * Runs what is left of a shard. Shards may run in any order, at the same time, on any machines and more than once: a point that two of them do has the same
 * file from both. `finishSweep` makes the table.
 * @throws SweepError where the folder has shards of another sweep; PathError "foreign", …; the signal's reason when aborted.
 */
export async function runSweepShard(
  sweep: Sweep,
  evaluate: Evaluate | readonly Evaluation[],
  { shard, ...options }: SweepShardOptions,
): Promise<SweepShardResult> {
  const { folder, evaluator, parts, types } = options;
  const path = await shareWorkFolder(folder, KIND);
  const tasks = tasksOf(evaluate, evaluator);
  await withFsErrors(path, async () => {
    const points = sweep.variants.map((variant) => {
      const { index, tags, cache_key } = variant;
      return { index, keys: keysOf(variant, tasks), cache_key, tags };
    });
    const text = `${JSON.stringify({ format: FORMAT, parts, types, points }, null, 1)}\n`;
    await writeWhole(join(path, PLAN), text, false).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
    if ((await readFile(join(path, PLAN), "utf8")) !== text) {
      throw refusal(
        `${folder} has shards of another sweep: of other points, pipelines or versions. Choose another folder.`,
      );
    }
    await writeWhole(join(path, SHARDS_NAME), shardCountText(shard.of));
  });
  const at = join(path, "points");
  await makeFolders(at);
  const own = shareOf(shard, sweep.variants.length);
  const tasksOfPoint = ({ index }: Variant) => tasks.filter((_, task) => own(index, task));
  const variants = sweep.variants.filter((variant) => tasksOfPoint(variant).length > 0);
  const { simulator } = sweep;
  const outcomes = await runPoints({ variants, simulator }, tasksOfPoint, at, options);
  const failed = variants.flatMap((variant) => {
    const outcome = outcomes[variant.index]!;
    return "error" in outcome ? [{ variant, message: outcome.error }] : [];
  });
  return { points: variants.length, failed };
}

/** Whether a task of a point is this shard's. Points stay whole, for each is simulated where it is evaluated, unless there are shards that would have nothing to do. */
function shareOf({ number, of }: Shard, points: number) {
  const isSplit = of > points;
  return (index: number, task: number): boolean =>
    shardOf(isSplit ? task * points + index : index, of) === number;
}

/** How far the shards of a sweep are; undefined for a folder in which there are none. */
export async function sweepStatus(folder: string): Promise<SweepStatus | undefined> {
  const plan = await readPlan(folder);
  if (!plan) return undefined;
  const outcomes = await outcomesOf(plan, folder);
  const of = await readShardCount(folder);
  const shards = Array.from({ length: of }, (_, i) => {
    const own = shareOf({ number: i + 1, of }, plan.points.length);
    const shares = plan.points
      .map(({ index }, point) => outcomes[point]!.filter((_, task) => own(index, task)))
      .filter((share) => share.length > 0);
    const done = shares.filter((share) => together(share)).length;
    return { number: i + 1, points: shares.length, done };
  });
  const done = outcomes.map(together).filter((outcome) => outcome !== undefined);
  const failed = done.filter((outcome) => "error" in outcome).length;
  const has_table = existsSync(join(folder, "table.csv"));
  return { points: plan.points.length, done: done.length, failed, has_table, shards };
}

/**
 * Makes the table of a sweep whose shards have done all points: that of `runSweep`, byte by byte.
 * @throws SweepError that names the shards to run again; PathError "held" while another process makes it.
 */
export async function finishSweep(folder: string): Promise<TableResult<Point>> {
  const plan = await readPlan(folder);
  if (!plan) throw refusal(`${folder} has no shards of a sweep.`);
  const { points, parts, types } = plan;
  const outcomes = await outcomesOf(plan, folder);
  const missing = points.filter((_, i) => !together(outcomes[i]!));
  if (missing.length > 0) {
    const of = await readShardCount(folder);
    const numbers = Array.from({ length: of }, (_, i) => i + 1).filter((number) => {
      const own = shareOf({ number, of }, points.length);
      return points.some(({ index }, point) =>
        outcomes[point]!.some((outcome, task) => !outcome && own(index, task)),
      );
    });
    const again = runAgain(numbers, of);
    throw refusal(
      `${folder} is not finished: ${missing.length} of its ${points.length} points ${missing.length === 1 ? "is" : "are"} missing. ${again}`,
    );
  }
  const own = await openWorkFolder(folder, KIND, filesOfTables(parts));
  try {
    const ends: Outcome[] = [];
    for (const [point, { index }] of points.entries()) ends[index] = together(outcomes[point]!)!;
    return await writeTable(points, ends, own, { folder, parts, types });
  } finally {
    await own.release();
  }
}

/** Of each point how its tasks have ended. */
async function outcomesOf({ points }: Plan, folder: string): Promise<(Outcome | undefined)[][]> {
  const outcomes: (Outcome | undefined)[][] = [];
  for (const { keys } of points) outcomes.push(await readAll(join(folder, "points"), keys));
  return outcomes;
}

async function readPlan(folder: string): Promise<Plan | undefined> {
  const plan = await readNote(join(folder, PLAN));
  return plan?.format === FORMAT ? (plan as unknown as Plan) : undefined;
}
