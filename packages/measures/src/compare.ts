// A movie's measures beside the range of a reference.
import { InputError, shown } from "@minisim/spec/input";
import type { Measures } from "./measure.ts";
import type { Reference } from "./reference.ts";

export interface Comparison {
  /** Path of the measure: "variance_shares.background". */
  readonly measure: string;
  /** Of the movie; null where it has none. */
  readonly value: number | null;
  /** The least and the largest value of the reference. */
  readonly low: number;
  readonly high: number;
  /** How many recordings the range is of. */
  readonly n: number;
  /** null where the movie has no value. */
  readonly verdict: "below" | "inside" | "above" | null;
}

/** One row a measure, in the order in which the reference first names them. @throws InputError for paths that lead to no measure. */
export function compare(measures: Measures, references: readonly Reference[]): Comparison[] {
  const problems: string[] = [];
  const names = [...new Set(references.map(({ measure }) => measure))];
  const rows = names.map((measure): Comparison => {
    const values = references.filter((one) => one.measure === measure).map((one) => one.value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const value = valueAt(measures, measure);
    if (value === undefined)
      problems.push(`The reference names ${shown(measure)}, which is no measure.`);
    const verdict =
      value == null ? null : value < low ? "below" : value > high ? "above" : "inside";
    return { measure, value: value ?? null, low, high, n: values.length, verdict };
  });
  if (problems.length > 0) throw new InputError(problems);
  return rows;
}

/**
 * References out of JSON: `[{ "measure": "corner_centre", "value": 0.5 }]`, several values of one measure making its range.
 * @throws InputError with all that is wrong.
 */
export function readReferences(value: unknown): Reference[] {
  if (!Array.isArray(value)) throw new InputError(["A reference is a list of { measure, value }."]);
  const problems: string[] = [];
  const references = value.map((one: unknown, i): Reference => {
    const {
      measure,
      value: number,
      recording = "",
      source = "",
    } = (one ?? {}) as Partial<Reference>;
    if (typeof measure !== "string") {
      problems.push(`[${i}].measure is ${shown(measure)}; it must be the path of a measure.`);
    }
    if (typeof number !== "number") {
      problems.push(`[${i}].value is ${shown(number)}; it must be a number.`);
    }
    return { measure: String(measure), value: Number(number), recording, source };
  });
  if (references.length === 0) problems.push("The reference is empty.");
  if (problems.length > 0) throw new InputError(problems);
  return references;
}

/** The number at a path; null where this movie has none, undefined where no movie has. Names may hold dots: "mean_frame.power.0.1-1". */
function valueAt(value: unknown, path: string): number | null | undefined {
  if (value === null) return null;
  if (path === "") return typeof value === "number" ? value : undefined;
  if (typeof value !== "object") return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (path === name) return valueAt(inner, "");
    if (path.startsWith(`${name}.`)) {
      const found = valueAt(inner, path.slice(name.length + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
