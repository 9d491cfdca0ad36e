// Where the dotted path of an axis points in a spec, and setting the value there.

import { excerpt } from "@minisim/spec";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { didYouMean } from "./suggest.ts";

/** A place in a spec, step kinds resolved to their index. */
export type Place = readonly (string | number)[];

/** Why a path points nowhere, in one sentence. */
export class PathProblem extends Error {}

/** `steps.place_neurons.populations.0.depth_range_um` or, the same, `….populations[0].…` */
export function segmentsOf(axis: string): string[] {
  return axis.split(/[.[\]]+/).filter((segment) => segment !== "");
}

/** Whether the axis is a step as a whole: `steps.KIND`. */
export function isWholeStep(axis: string): boolean {
  const segments = segmentsOf(axis);
  return segments.length === 2 && segments[0] === "steps";
}

/** The path of every field of a spec, as axes name them. */
export function fieldPaths(spec: JsonObject): string[] {
  const below = (value: Json, path: string): string[] => {
    const entries = Array.isArray(value)
      ? value.map((item, i) => [isObject(item) ? `${i}` : "", item] as const)
      : isObject(value)
        ? Object.entries(value)
        : [];
    return [
      path,
      ...entries.flatMap(([key, item]) => (key === "" ? [] : below(item, `${path}.${key}`))),
    ];
  };
  return Object.entries(spec).flatMap(([key, value]) =>
    key === "steps" && Array.isArray(value)
      ? value.flatMap((step) => {
          const { kind, ...params } = step as JsonObject;
          return below(params, `steps.${kind}`);
        })
      : below(value, key),
  );
}

/**
 * The place of `axis` in a complete spec. Where a step holds one list of objects that have the field too, the list's only
 * item is meant: `steps.place_neurons.density_per_mm3` is the density of the one population.
 * @throws PathProblem
 */
export function placeOf(axis: string, spec: JsonObject): Place {
  const segments = segmentsOf(axis);
  if (segments.length === 0)
    throw new PathProblem("a path is needed, as in acquisition.optics.na.");
  const [root, kind, ...rest] = segments;
  if (root !== "steps") return walk(spec, [], segments, axis, spec);
  if (kind === undefined) {
    throw new PathProblem("name a step by its kind, as in steps.place_neurons.");
  }
  const steps = spec.steps as JsonObject[];
  const kinds = steps.map((step) => String(step.kind));
  const index = kinds.indexOf(kind);
  if (index < 0) {
    const near = didYouMean(kind, kinds) || ` Its steps are ${kinds.join(", ")}.`;
    throw new PathProblem(`the spec has no step "${excerpt(kind)}".${near}`);
  }
  const step = steps[index]!;
  const start: Place = ["steps", index];
  const item = rest.length > 0 ? itemMeant(step, rest[0]!, `steps.${kind}`) : undefined;
  if (item) return walk(item.value, [...start, ...item.place], rest, axis, spec);
  return walk(step, start, rest, axis, spec);
}

/** The only item of the only list of a step whose items have `field`; undefined where no list's items do. */
function itemMeant(step: JsonObject, field: string, prefix: string) {
  const lists = Object.entries(step).flatMap(([name, value]) => {
    const items = Array.isArray(value) ? value.filter(isObject) : [];
    return items.some((item) => Object.hasOwn(item, field)) ? [{ name, items }] : [];
  });
  if (lists.length === 0) return undefined;
  const choices = lists.flatMap(({ name, items }) =>
    items.map((_, i) => `${prefix}.${name}.${i}.${field}`),
  );
  if (choices.length > 1) {
    throw new PathProblem(`this may be any of ${choices.join(", ")}; write which.`);
  }
  const [{ name, items }] = lists as [(typeof lists)[number]];
  return { place: [name, 0] as const, value: items[0]! };
}

function walk(
  holder: Json,
  start: Place,
  segments: readonly string[],
  axis: string,
  spec: JsonObject,
): Place {
  const place = [...start];
  let at: Json = holder;
  for (const [i, segment] of segments.entries()) {
    // Setting it would change nothing that a parser sees.
    if (segment === "__proto__") throw new PathProblem(noSuchField(axis, spec));
    // What may be left out without a default is not there: parsing the result tells whether it is a field.
    if (i === segments.length - 1 && isObject(at) && segment !== "kind") return [...place, segment];
    if (Array.isArray(at)) {
      const index = Number(segment);
      if (!/^\d+$/.test(segment) || index >= at.length) {
        const items = at.length === 1 ? "one item: 0" : `${at.length} items: 0 … ${at.length - 1}`;
        throw new PathProblem(`there is no "${excerpt(segment)}" in a list of ${items}.`);
      }
      place.push(index);
      at = at[index]!;
    } else if (isObject(at) && Object.hasOwn(at, segment)) {
      place.push(segment);
      at = at[segment]!;
    } else {
      throw new PathProblem(noSuchField(axis, spec));
    }
  }
  return place;
}

export function noSuchField(axis: string, spec: JsonObject): string {
  return `the spec has no such field.${didYouMean(axis, fieldPaths(spec))}`;
}

/** Sets the value at a place whose holder exists. */
export function assign(spec: JsonObject, place: Place, value: Json): void {
  let holder = spec as Record<string | number, Json>;
  for (const segment of place.slice(0, -1)) {
    holder = holder[segment] as unknown as Record<string | number, Json>;
  }
  holder[place.at(-1)!] = value;
}
