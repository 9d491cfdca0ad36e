// Where two specs differ: each value that one of them has and the other has not, by its place.

import { equal, type Path } from "../state/paths.ts";
import { placeIn } from "../state/places.ts";
import type { Draft } from "../state/spec.ts";

export interface Difference {
  readonly place: string;
  readonly before: string;
  readonly after: string;
}

export function differences(before: Draft, after: Draft): Difference[] {
  const [{ steps: old, ...rest }, { steps: now, ...others }] = [before, after];
  const kinds = [...new Set([...old, ...now].map(({ kind }) => kind))];
  const byKind = (steps: Draft["steps"]) =>
    Object.fromEntries(kinds.map((kind) => [kind, steps.find((step) => step.kind === kind)]));
  return [...leaves(rest, others, []), ...leaves(byKind(old), byKind(now), [])];
}

function leaves(before: unknown, after: unknown, path: Path): Difference[] {
  if (equal(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => leaves(before[name], after[name], [...path, name]));
  }
  return [{ place: placeIn(path), before: told(before), after: told(after) }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function told(value: unknown): string {
  if (value === undefined) return "off";
  const text = JSON.stringify(value);
  return isObject(value) || text.length > 24 ? "…" : text.replaceAll('"', "");
}
