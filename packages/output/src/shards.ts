// Parts that make an output together: whose an item of it is, how many parts there are, and which are to be run again.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, withFsErrors } from "./fs-error.ts";

/** One of several parts that make an output together. */
export interface Shard {
  /** From 1 to `of`. */
  readonly number: number;
  readonly of: number;
}

/**
 * The number of the shard that an item is of, counted from 0: every `of`-th item is the same shard's, so that whatever changes along them, bouts
 * of motion for one, is spread over all shards alike.
 */
export const shardOf = (item: number, of: number): number => (item % of) + 1;

/** A file beside what shards make: in how many parts it is made, as the shard said that began last. */
export const SHARDS_NAME = "shards.json";

export const shardCountText = (of: number): string => `${JSON.stringify({ of })}\n`;

/** 1 where none has said so. @throws PathError for a file that may not be read. */
export async function readShardCount(folder: string): Promise<number> {
  const of = (await readNote(join(folder, SHARDS_NAME)))?.of;
  return typeof of === "number" && Number.isInteger(of) && of > 0 ? of : 1;
}

/** What shards have noted in a JSON file; undefined where there is none, or nothing that can be read. @throws PathError. */
export function readNote(path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  return withFsErrors(path, async () => {
    try {
      return JSON.parse(await readFile(path, "utf8")) ?? undefined;
    } catch (error) {
      const isNone = error instanceof SyntaxError || ["ENOENT", "ENOTDIR"].includes(codeOf(error)!);
      if (isNone) return undefined;
      throw error;
    }
  });
}

/** What to do about missing items, in the words of the command line. */
export function runAgain(shards: Iterable<number>, of: number): string {
  const numbers = [...new Set(shards)].sort((a, b) => a - b);
  return `Run again: --shard ${numbers.map((number) => `${number}/${of}`).join(", ")}.`;
}
