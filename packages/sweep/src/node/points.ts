// Finished points on disk: one small file each, so that a run may be killed at any moment and go on from there.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "@minisim/output";
import type { Variant } from "../sweep.ts";
import type { Cell } from "../table.ts";
import { isAbsence } from "./entries.ts";

export type Results = Readonly<Record<string, Cell>>;

/** What an evaluation said of a point, and of each of its parts where it was asked to. */
export interface Finding {
  readonly results: Results;
  readonly parts?: readonly Results[];
}

/** How a point ended. */
export type Outcome = Finding | { readonly error: string };

const FORMAT = "minisim-sweep-point";

/** The same for the same recording, tags and evaluator, wherever the point stands in its sweep. */
export function pointKey({ cache_key, tags }: Variant, evaluator: string): string {
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([cache_key, sorted, evaluator]);
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}

/** The outcome on file; undefined where there is none that can be read. */
export async function readPoint(folder: string, key: string): Promise<Outcome | undefined> {
  let text: string;
  try {
    text = await readFile(pathOf(folder, key), "utf8");
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
  try {
    const point = JSON.parse(text);
    if (point?.format !== FORMAT || point.key !== key) return undefined;
    if (typeof point.error === "string") return { error: point.error };
    const results = decoded(point.results);
    return point.parts === undefined ? { results } : { results, parts: point.parts.map(decoded) };
  } catch {
    return undefined;
  }
}

export async function writePoint(
  folder: string,
  key: string,
  { tags, cache_key }: Variant,
  evaluator: string,
  outcome: Outcome,
): Promise<void> {
  const end =
    "error" in outcome
      ? outcome
      : { results: encoded(outcome.results), parts: outcome.parts?.map(encoded) };
  const point = { format: FORMAT, key, cache_key, evaluator, tags, ...end };
  await writeWhole(pathOf(folder, key), `${JSON.stringify(point, null, 2)}\n`);
}

const pathOf = (folder: string, key: string): string => join(folder, `${key}.json`);

/** JSON has no NaN and no infinity. */
function encoded(results: Results): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(results).map(([name, cell]) => [
      name,
      typeof cell === "number" && !Number.isFinite(cell) ? { number: String(cell) } : cell,
    ]),
  );
}

function decoded(results: Record<string, Cell | { readonly number: string }>): Results {
  return Object.fromEntries(
    Object.entries(results).map(([name, cell]) => [
      name,
      typeof cell === "object" && cell !== null ? Number(cell.number) : cell,
    ]),
  );
}

/**
 * What an evaluator returned, checked. Undefined is null; −0 is 0, as it is in the file.
 * @throws Error that names what no cell of a table can hold, and columns that are taken.
 */
function checkedResults(value: unknown, taken: ReadonlySet<string>): Results {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("the evaluation returned no record of results.");
  }
  const cells = Object.entries(value).map(([name, cell]): [string, Cell] => {
    if (taken.has(name)) throw new Error(`the result "${name}" has the name of another column.`);
    if (cell === undefined || cell === null) return [name, null];
    if (typeof cell === "number") return [name, cell + 0];
    if (typeof cell === "string" || typeof cell === "boolean") return [name, cell];
    throw new Error(
      `the result "${name}" is a ${Array.isArray(cell) ? "list" : typeof cell}; a cell holds a number, text, true, false or null.`,
    );
  });
  return Object.fromEntries(cells);
}

/**
 * What an evaluator returned, of which the field `parts` is a list of records.
 * @throws Error as `checkedResults`.
 */
export function checkedFinding(
  value: unknown,
  parts: string | undefined,
  taken: ReadonlySet<string>,
): Finding {
  const own = new Set([...taken, "cache_key", "error"]);
  if (parts === undefined || typeof value !== "object" || value === null) {
    return { results: checkedResults(value, own) };
  }
  const { [parts]: list, ...results } = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(list)) throw new Error(`the evaluation returned no list of "${parts}".`);
  return {
    results: checkedResults(results, own),
    parts: list.map((part) => checkedResults(part, taken)),
  };
}
