// What is asked of each point: one question, or several that are answered, kept and shared out one by one.
import type { Spec } from "@minisim/spec";
import type { StoredRecording } from "@minisim/store";
import type { Variant } from "../sweep.ts";
import { type Finding, type Outcome, pointKey, readPoint } from "./points.ts";

/** What an evaluation gets. */
export interface EvaluateInput {
  readonly recording: StoredRecording;
  /** The store's folder; not to be written to. */
  readonly path: string;
  readonly tags: Variant["tags"];
  readonly spec: Spec;
  readonly index: number;
  readonly cache_key: string;
  /** The values of axes `pipeline.NAME`, by NAME. */
  readonly pipeline: Variant["pipeline"];
  readonly signal: AbortSignal;
}

/** A flat record: each field becomes a column of the table. Numbers, text, booleans, null (undefined is null). With `parts`, that field is a list of such records. */
export type Evaluate = (input: EvaluateInput) => object | Promise<object>;

/** One of several evaluations of each point, of one pipeline for instance. Its columns follow those of the ones before it; where two have a column of one name, the later value stands. */
export interface Evaluation {
  /** Name and version. */
  readonly name: string;
  readonly evaluate: Evaluate;
}

/** An evaluation under the name that its results are kept by. */
export interface Task {
  readonly evaluator: string;
  readonly evaluate: Evaluate;
}

export function tasksOf(evaluate: Evaluate | readonly Evaluation[], evaluator: string): Task[] {
  if (typeof evaluate === "function") return [{ evaluator, evaluate }];
  return evaluate.map((one) => ({
    evaluator: JSON.stringify([evaluator, one.name]),
    evaluate: one.evaluate,
  }));
}

/** The keys of what is kept of a point, in the order of its tasks. */
export const keysOf = (variant: Variant, tasks: readonly Pick<Task, "evaluator">[]): string[] =>
  tasks.map(({ evaluator }) => pointKey(variant, evaluator));

export const readAll = (folder: string, keys: readonly string[]) =>
  Promise.all(keys.map((key) => readPoint(folder, key)));

/** What all tasks say of a point: the first failure, else their columns side by side and their parts one after the other. Undefined where one has not ended. */
export function together(outcomes: readonly (Outcome | undefined)[]): Outcome | undefined {
  const ended = outcomes.filter((outcome) => outcome !== undefined);
  if (ended.length < outcomes.length) return undefined;
  const failed = ended.find((outcome) => "error" in outcome);
  if (failed) return failed;
  const found = ended as Finding[];
  const results = Object.assign({}, ...found.map((one) => one.results));
  const parts = found.flatMap((one) => one.parts ?? []);
  return found.some((one) => one.parts) ? { results, parts } : { results };
}
