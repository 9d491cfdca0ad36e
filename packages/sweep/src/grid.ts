// The points of a grid: which value of each axis a point takes.

import { excerpt } from "@minisim/spec";
import type { Json } from "./json.ts";
import type { SweepProblem } from "./problem.ts";

export interface Axis {
  /** The dotted path, as written. */
  readonly name: string;
  readonly values: readonly Json[];
}

export type SweepMode = "product" | "zip";

/** More points are a slip of the hand. */
export const MOST_POINTS = 100_000;

/** What is wrong with axes before any spec is looked at. */
export function gridProblems(
  axes: readonly Axis[],
  mode: SweepMode,
  repeats: number,
): SweepProblem[] {
  const problems: SweepProblem[] = [];
  if (axes.length === 0 && repeats < 2) {
    problems.push({ path: ["axes"], message: "there is nothing to vary: name at least one axis." });
  }
  if (!Number.isSafeInteger(repeats) || repeats < 1) {
    problems.push({
      path: ["repeats"],
      message: `must be a whole number from 1 (got ${repeats}).`,
    });
    return problems;
  }
  for (const { name, values } of axes) {
    if (!Array.isArray(values)) {
      problems.push({ path: ["axes", name], message: "must be a list of values." });
    } else if (values.length === 0) {
      problems.push({ path: ["axes", name], message: "the list of values is empty." });
    }
  }
  if (problems.length > 0) return problems;
  const lengths = axes.map(({ values }) => values.length);
  if (mode === "zip" && new Set(lengths).size > 1) {
    const each = axes.map(({ name, values }) => `${name} ${values.length}`).join(", ");
    const message = `zipped axes must have equally many values: ${excerpt(each, 300)}.`;
    return [{ path: ["axes"], message }];
  }
  const points = lengths.reduce((a, b) => (mode === "zip" ? b : a * b), 1) * repeats;
  if (points > MOST_POINTS) {
    const message = `these are ${points} points; a sweep has at most ${MOST_POINTS}.`;
    return [{ path: ["axes"], message }];
  }
  return [];
}

/** The place of each point's value in every axis. The last axis changes fastest. */
export function* gridPoints(axes: readonly Axis[], mode: SweepMode): Generator<number[]> {
  const lengths = axes.map(({ values }) => values.length);
  if (mode === "zip") {
    for (let i = 0; i < (lengths[0] ?? 1); i++) yield axes.map(() => i);
    return;
  }
  const count = lengths.reduce((a, b) => a * b, 1);
  for (let point = 0; point < count; point++) {
    let left = point;
    yield lengths
      .map((length) => length)
      .reverse()
      .map((length) => {
        const at = left % length;
        left = Math.floor(left / length);
        return at;
      })
      .reverse();
  }
}
