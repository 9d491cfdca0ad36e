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
import type { Sweep } from "../sweep.ts";
import { type Outcome, pointKey, readPoint } from "./points.ts";
import { type Evaluate, type RunOptions, runPoints } from "./run.ts";
import {
  filesOfTables,
  type Point,
  type TableOptions,
  type TableResult,
  writeTable,
} from "./table-files.ts";

export interface SweepShardOptions extends Omit<RunOptions, "resume"> {
  /** Of `of` shards the one of this number, from 1. Every `of`-th point is its own. */
  readonly shard: Shard;
}

export interface SweepShardResult {
  /** Points of this shard. */
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
    readonly points: number;
    readonly done: number;
  }[];
}

interface Plan extends Pick<TableOptions, "parts" | "types"> {
  readonly points: readonly (Point & { readonly key: string })[];
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
  evaluate: Evaluate,
  { shard, ...options }: SweepShardOptions,
): Promise<SweepShardResult> {
  const { folder, evaluator, parts, types } = options;
  const path = await shareWorkFolder(folder, KIND);
  await withFsErrors(path, async () => {
    const points = sweep.variants.map((variant) => {
      const { index, tags, cache_key } = variant;
      return { index, key: pointKey(variant, evaluator), cache_key, tags };
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
  const variants = sweep.variants.filter(({ index }) => shardOf(index, shard.of) === shard.number);
  const { simulator } = sweep;
  const outcomes = await runPoints({ variants, simulator }, evaluate, at, options);
  const failed = variants.flatMap((variant) => {
    const outcome = outcomes[variant.index]!;
    return "error" in outcome ? [{ variant, message: outcome.error }] : [];
  });
  return { points: variants.length, failed };
}

/** How far the shards of a sweep are; undefined for a folder in which there are none. */
export async function sweepStatus(folder: string): Promise<SweepStatus | undefined> {
  const plan = await readPlan(folder);
  if (!plan) return undefined;
  const outcomes = await outcomesOf(plan, folder);
  const of = await readShardCount(folder);
  const shards = Array.from({ length: of }, (_, i) => {
    const own = plan.points.filter(({ index }) => shardOf(index, of) === i + 1);
    const done = own.filter(({ index }) => outcomes[index]).length;
    return { number: i + 1, points: own.length, done };
  });
  const done = outcomes.filter((outcome) => outcome !== undefined);
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
  const missing = points.filter(({ index }) => !outcomes[index]);
  if (missing.length > 0) {
    const of = await readShardCount(folder);
    const again = runAgain(
      missing.map(({ index }) => shardOf(index, of)),
      of,
    );
    throw refusal(
      `${folder} is not finished: ${missing.length} of its ${points.length} points ${missing.length === 1 ? "is" : "are"} missing. ${again}`,
    );
  }
  const own = await openWorkFolder(folder, KIND, filesOfTables(parts));
  try {
    return await writeTable(points, outcomes as Outcome[], own, { folder, parts, types });
  } finally {
    await own.release();
  }
}

async function outcomesOf({ points }: Plan, folder: string): Promise<(Outcome | undefined)[]> {
  const outcomes: (Outcome | undefined)[] = [];
  for (const { index, key } of points)
    outcomes[index] = await readPoint(join(folder, "points"), key);
  return outcomes;
}

async function readPlan(folder: string): Promise<Plan | undefined> {
  const plan = await readNote(join(folder, PLAN));
  return plan?.format === FORMAT ? (plan as unknown as Plan) : undefined;
}
