// What a sweep says at its end.

import type { Shard } from "@minisim/output";
import { isMinisimError } from "@minisim/spec";
import {
  finishSweep,
  type RunResult,
  type SweepShardResult,
  sweepStatus,
} from "@minisim/sweep/node";
import { json, lines } from "../print.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./shard-options.ts";

interface ReportOptions {
  readonly output?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

type Ended = Pick<RunResult, "rows" | "csv" | "parquet"> & SweepFailures;

interface SweepFailures {
  readonly failed: readonly {
    readonly variant: Pick<RunResult["failed"][number]["variant"], "tags">;
    readonly message: string;
  }[];
}

/** Returns the exit code: 1 when points failed. */
export function reportSweep(
  context: Context,
  { rows, failed, csv, parquet }: Ended,
  { output, quiet, json: asJson, estimate }: ReportOptions & { readonly estimate?: unknown },
): number {
  const { io } = context;
  if (asJson) json(io, { points: rows.length, failed: failed.length, csv, parquet, estimate });
  else if (!quiet) {
    const names = ["table.csv", "table.parquet", "cells.csv", "cells.parquet"];
    lines(
      io,
      names.map((name) => `${output}/${name}`),
    );
  }
  return reportFailed(context, { failed });
}

/** Returns the exit code, as `reportSweep`; makes the table where that was asked for and everything is there. */
export async function reportSweepShard(
  context: Context,
  { points, failed }: SweepShardResult,
  options: ReportOptions & {
    readonly folder: string;
    readonly shard: Shard;
    readonly finish?: boolean;
  },
): Promise<number> {
  const { folder, shard, finish, output, quiet } = options;
  const table = finish ? await tableOf(folder) : undefined;
  if (table) return reportSweep(context, table, options);
  if (options.json) json(context.io, { shard, points, failed: failed.length });
  else if (!quiet) {
    lines(context.io, [
      context.out.bold(`${output}`),
      `  shard ${nameOf(shard)}: its ${points} ${points === 1 ? "point is" : "points are"} there`,
      `  minisim finish ${output} makes the table`,
    ]);
  }
  return reportFailed(context, { failed });
}

/** Undefined while points are missing, or another process makes the table. */
async function tableOf(folder: string) {
  const status = await sweepStatus(folder);
  if (!status || status.done < status.points) return undefined;
  try {
    return await finishSweep(folder);
  } catch (error) {
    if (isMinisimError(error, "path") && error.code === "held") return undefined;
    throw error;
  }
}

function reportFailed({ io, err }: Context, { failed }: SweepFailures): number {
  for (const { variant, message } of failed) {
    io.stderr.write(`${err.red("failed:")} ${tagsOf(variant.tags)}: ${message}\n`);
  }
  return failed.length > 0 ? 1 : 0;
}

export const tagsOf = (tags: Readonly<Record<string, unknown>>): string =>
  Object.entries(tags)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(" ");
