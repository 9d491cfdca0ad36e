// Where a dotted path points in a spec.
import type { Path } from "./error.ts";
import { excerpt } from "./excerpt.ts";
import { isRecord } from "./structure.ts";
import { didYouMean } from "./suggest.ts";
import { VaryProblem } from "./vary-problem.ts";

export interface PlaceRules {
  /**
   * Whether the spec has all its fields, as a parsed one does: then a path through a field that is not there is wrong. Otherwise such fields are
   * made, and parsing tells whether they exist.
   */
  readonly complete: boolean;
}

/** `steps.place_neurons.populations.0.depth_range_um` or, the same, `….populations[0].…` */
export function segmentsOf(path: string): string[] {
  return path
    .trim()
    .split(/[.[\]]+/)
    .filter((segment) => segment !== "");
}

/** The only item of the only list of a step whose items have `field`; undefined where no list's items do. */
export function itemMeant(
  step: unknown,
  field: string,
  prefix: string,
): { readonly place: Path; readonly value: unknown } | undefined {
  const fields = isRecord(step) ? Object.entries(step) : [];
  const lists = fields.flatMap(([name, value]) => {
    const items = Array.isArray(value) ? value.filter(isRecord) : [];
    return items.some((item) => Object.hasOwn(item, field)) ? [{ name, items }] : [];
  });
  const choices = lists.flatMap(({ name, items }) =>
    items.map((_, i) => `${prefix}.${name}.${i}.${field}`),
  );
  if (choices.length > 1) {
    throw new VaryProblem(`this may be any of ${choices.join(", ")}; write which.`);
  }
  const [list] = lists;
  return list && { place: [list.name, 0], value: list.items[0] };
}

interface Walk {
  readonly spec: unknown;
  /** The whole path, for messages. */
  readonly path: readonly string[];
  /** What the first segment is a field of, and where that stands. */
  readonly at: unknown;
  readonly start: Path;
  readonly segments: readonly string[];
  readonly value: unknown;
  readonly rules: PlaceRules;
}

/** Sets the value at the end of the segments. Returns its place. @throws VaryProblem */
export function walk({ spec, path, at: first, start, segments, value, rules }: Walk): Path {
  const place = [...start];
  const wrong = () => new VaryProblem(noSuchField(path.join("."), spec));
  let at = first;
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1;
    if (Array.isArray(at)) {
      const index = indexIn(at, segment);
      place.push(index);
      if (last) at[index] = value;
      else at = at[index];
      continue;
    }
    // A field of such a name would change nothing that a parser sees.
    if (!isRecord(at) || segment === "__proto__") throw wrong();
    place.push(segment);
    if (last) {
      if (segment === "kind" && place[0] === "steps") throw wrong();
      // What may be left out without a default is not there: parsing the result tells whether it is a field.
      at[segment] = value;
    } else if (Object.hasOwn(at, segment) && (at[segment] !== null || rules.complete)) {
      at = at[segment];
    } else if (rules.complete) {
      throw wrong();
    } else {
      const made = {};
      at[segment] = made;
      at = made;
    }
  }
  return place;
}

function indexIn(list: readonly unknown[], segment: string): number {
  const index = Number(segment);
  if (/^\d+$/.test(segment) && index < list.length) return index;
  const items = list.length === 1 ? "one item: 0" : `${list.length} items: 0 … ${list.length - 1}`;
  const of = list.length === 0 ? "an empty list" : `a list of ${items}`;
  throw new VaryProblem(`there is no "${excerpt(segment)}" in ${of}.`);
}

/** The sentence about a path that no field of the spec has. */
export function noSuchField(path: string, spec: unknown): string {
  return `the spec has no such field.${didYouMean(path, fieldPaths(spec))}`;
}

/** The path of every field of a spec, steps by their kinds. */
function fieldPaths(spec: unknown): string[] {
  const below = (value: unknown, path: string): string[] => {
    const entries = Array.isArray(value)
      ? value.flatMap((item, i) => (isRecord(item) ? [[`${i}`, item] as const] : []))
      : isRecord(value)
        ? Object.entries(value)
        : [];
    return [path, ...entries.flatMap(([key, item]) => below(item, `${path}.${key}`))];
  };
  if (!isRecord(spec)) return [];
  return Object.entries(spec).flatMap(([key, value]) =>
    key === "steps" && Array.isArray(value)
      ? value.filter(isRecord).flatMap(({ kind, ...params }) => below(params, `steps.${kind}`))
      : below(value, key),
  );
}
