// A spec with errors, made valid by leaving out what is wrong: unknown fields and steps go, other values become those of a spec that
// is right.
import type { PlainIssue } from "./rpc.ts";

type Path = PlainIssue["path"];
export type Parse = (
  document: unknown,
) =>
  | { readonly ok: true; readonly spec: unknown }
  | { readonly ok: false; readonly issues: readonly PlainIssue[] };

const GONE = new Set(["unknown_kind", "duplicate_kind", "unknown_field"]);
const MOST_ROUNDS = 20;

/** @returns undefined where it stays wrong. */
export function repaired(document: unknown, right: unknown, parse: Parse): unknown {
  const copy = structuredClone(document);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const parsed = parse(copy);
    if (parsed.ok) return parsed.spec;
    // From the end, so that places of what comes earlier stay.
    for (const { code, path } of [...parsed.issues].reverse()) {
      const target = code.endsWith("_kind") ? path.slice(0, -1) : path;
      const instead = GONE.has(code) ? undefined : rightAt(right, copy, target);
      put(copy, target, instead);
    }
  }
  return undefined;
}

/** What the right spec has there; a step of it is found by its kind. */
function rightAt(right: unknown, copy: unknown, path: Path): unknown {
  const [first, index, ...rest] = path;
  if (first !== "steps" || index === undefined) return at(right, path);
  const { kind } = (at(copy, [first, index]) ?? {}) as { kind?: unknown };
  const steps = (at(right, ["steps"]) as { kind: unknown }[] | undefined) ?? [];
  return at(
    steps.find((step) => step.kind === kind),
    rest,
  );
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((holder, name) => (holder as Record<string, unknown>)?.[name], value);

function put(document: unknown, path: Path, value: unknown): void {
  const last = path.at(-1);
  const holder = at(document, path.slice(0, -1));
  if (last === undefined || typeof holder !== "object" || holder === null) return;
  if (value !== undefined) Object.assign(holder, { [last]: structuredClone(value) });
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete (holder as Record<string, unknown>)[last];
}
