// The tables of a sweep: a row for each point, and one for each of their parts.
import { join } from "node:path";
import type { WorkFolder } from "@minisim/output";
import type { Variant } from "../sweep.ts";
import { type ColumnType, columnsOf, csvOf, type Row } from "../table.ts";
import { parquetOf } from "./parquet.ts";
import type { Outcome } from "./points.ts";

/** What a table says of a point beside its outcome. */
export type Point = Pick<Variant, "index" | "tags" | "cache_key">;

export interface TableOptions {
  readonly folder: string;
  readonly parts?: string | undefined;
  readonly types?: Readonly<Record<string, ColumnType>> | undefined;
}

export interface TableResult<P extends Point> {
  /** One for each point, in order: index, tags, cache_key, the results, error (null where all went well). */
  readonly rows: readonly Row[];
  readonly failed: readonly { readonly variant: P; readonly message: string }[];
  /** Paths of the table. */
  readonly csv: string;
  readonly parquet: string;
}

const filesOf = (table: string): [csv: string, parquet: string] => [
  `${table}.csv`,
  `${table}.parquet`,
];

export const filesOfTables = (parts: string | undefined): string[] =>
  (parts === undefined ? ["table"] : ["table", parts]).flatMap(filesOf);

/** Writes the tables of a sweep, of outcomes by index. */
export async function writeTable<P extends Point>(
  points: readonly P[],
  outcomes: readonly Outcome[],
  own: WorkFolder,
  { folder, types, parts }: TableOptions,
): Promise<TableResult<P>> {
  const failed: { variant: P; message: string }[] = [];
  const columns = new Set(outcomes.flatMap((o) => ("results" in o ? Object.keys(o.results) : [])));
  const blank = Object.fromEntries([...columns].map((name) => [name, null]));
  const rows = points.map((variant): Row => {
    const { index, tags, cache_key } = variant;
    const outcome = outcomes[index]!;
    const error = "error" in outcome ? outcome.error : null;
    if (error !== null) failed.push({ variant, message: error });
    const results = "results" in outcome ? outcome.results : {};
    return { index, ...tags, cache_key, ...blank, ...results, error };
  });
  const write = async (name: string, of: readonly Row[]) => {
    const table = columnsOf(of, { ...types, error: "string" });
    const [csv, parquet] = filesOf(name);
    await own.write(csv, csvOf(table));
    await own.write(parquet, parquetOf(table));
    return { csv: join(folder, csv), parquet: join(folder, parquet) };
  };
  if (parts !== undefined) await write(parts, partsOf(points, outcomes));
  return { rows, failed, ...(await write("table", rows)) };
}

const partsOf = (points: readonly Point[], outcomes: readonly Outcome[]): Row[] =>
  points.flatMap(({ index, tags }) => {
    const outcome = outcomes[index]!;
    const found = "results" in outcome ? (outcome.parts ?? []) : [];
    return found.map((part) => ({ index, ...tags, ...part }));
  });
