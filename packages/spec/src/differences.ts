// What differs between two specs, by the dotted paths that changes are written in.
import type { Spec } from "./spec.ts";
import { isRecord } from "./structure.ts";

export interface SpecDifference {
  /** As `varied` takes it: "acquisition.optics.na", "steps.sensor.photons_per_um2_s", "steps.vasculature". */
  readonly path: string;
  /** Undefined where the spec has no such field or step. */
  readonly first: unknown;
  readonly second: unknown;
}

/** In the order of the first spec, then what the second alone has. The order of steps is a difference, too. */
export function specDifferences(first: Spec, second: Spec): SpecDifference[] {
  const { steps: steps1, ...rest1 } = first;
  const { steps: steps2, ...rest2 } = second;
  const byKind = (steps: Spec["steps"]) =>
    Object.fromEntries(steps.map(({ kind, ...fields }) => [kind, fields]));
  const found = [
    ...differences("", rest1, rest2),
    ...differences("steps", byKind(steps1), byKind(steps2)),
  ];
  const ofBoth = (own: Spec["steps"], others: Spec["steps"]) =>
    own.map(({ kind }) => kind).filter((kind) => others.some((other) => other.kind === kind));
  const orders = { first: ofBoth(steps1, steps2), second: ofBoth(steps2, steps1) };
  if (orders.first.join() === orders.second.join()) return found;
  return [...found, { path: "steps", ...orders }];
}

function differences(path: string, first: unknown, second: unknown): SpecDifference[] {
  if (isRecord(first) && isRecord(second)) {
    const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
    const below = (key: string) => (path === "" ? key : `${path}.${key}`);
    return [...keys].flatMap((key) => differences(below(key), first[key], second[key]));
  }
  const lists = Array.isArray(first) && Array.isArray(second) && first.length === second.length;
  if (lists && first.every(isRecord) && second.every(isRecord)) {
    return first.flatMap((item, i) => differences(`${path}[${i}]`, item, second[i]));
  }
  return JSON.stringify(first) === JSON.stringify(second) ? [] : [{ path, first, second }];
}
