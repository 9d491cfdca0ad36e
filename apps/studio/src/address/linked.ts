// A spec from outside, as far as the page can show it: objects and lists where the schema has them, whatever is in their fields.
// What the fields say is for the simulator to judge.
import type { JsonSchema } from "@minisim/spec";
import type { Path } from "../state/paths.ts";
import type { Draft } from "../state/spec.ts";

export type Linked = { readonly draft: Draft } | { readonly problem: string };

/** `linked` is whatever JSON a link holds, or nothing that could be read. */
export function linkedDraft(linked: unknown, schema: JsonSchema): Linked {
  const misfit =
    linked === undefined
      ? "it cannot be read"
      : (depthProblem(linked) ?? misfitOf(linked, schema, []) ?? missing(linked));
  if (misfit === undefined) return { draft: linked as Draft };
  return { problem: `The link in the address holds no spec that can be shown: ${misfit}.` };
}

/** What a draft always has. A share link has it too. */
function missing(linked: unknown): string | undefined {
  const name = ["acquisition", "steps", "output"].find(
    (one) => !Object.hasOwn(linked as object, one),
  );
  return name && `it has no ${name}`;
}

// Far more than any spec has; a few thousand are too many to be sent to a worker.
const MOST_DEPTH = 100;

function depthProblem(value: unknown): string | undefined {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: holder, depth } = next;
    if (typeof holder !== "object" || holder === null) continue;
    if (depth === MOST_DEPTH) return "it is nested too deeply";
    for (const inner of Object.values(holder)) open.push({ value: inner, depth: depth + 1 });
  }
  return undefined;
}

/** Where an object, a list or neither is not what the schema has there. */
function misfitOf(value: unknown, schema: JsonSchema, path: Path): string | undefined {
  const branches = branchesOf(schema);
  const here = path.length === 0 ? "it" : path.join(".");
  if (Array.isArray(value)) {
    const list = branches.find(({ type }) => type === "array");
    if (!list) return `${here} is a list`;
    return firstOf(value, (item, i) => {
      const place = list.prefixItems?.[i] ?? (list.items || undefined);
      return place && misfitOf(item, place, [...path, i]);
    });
  }
  if (typeof value === "object" && value !== null) {
    const objects = branches.filter(({ properties }) => properties);
    const fields = objects.find((one) => hasKind(one, value)) ?? objects[0];
    if (!fields) return `${here} is an object`;
    return firstOf(Object.entries(fields.properties!), ([name, field]) => {
      const inner = Object.hasOwn(value, name) ? (value as Fields)[name] : undefined;
      return inner === undefined ? undefined : misfitOf(inner, field, [...path, name]);
    });
  }
  const isPlain = branches.some(
    ({ type }) => !["array", "object"].includes(type ?? "") && (type !== "null" || value === null),
  );
  return isPlain ? undefined : `${here} is ${value === null ? "null" : `a ${typeof value}`}`;
}

type Fields = Record<string, unknown>;

/** Of the kinds of steps, the one that the step says it is. */
function hasKind({ properties }: JsonSchema, value: object): boolean {
  const kind = properties?.kind?.const;
  return kind !== undefined && kind === (value as Fields).kind;
}

const branchesOf = (schema: JsonSchema): JsonSchema[] =>
  (schema.anyOf ?? schema.oneOf)?.flatMap(branchesOf) ?? [schema];

function firstOf<Item>(
  items: readonly Item[],
  problem: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [i, item] of items.entries()) {
    const found = problem(item, i);
    if (found) return found;
  }
  return undefined;
}
