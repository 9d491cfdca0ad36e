// --set path=value: changes one field of a spec before it is parsed.
import { excerpt } from "@minisim/spec";
import { readSpecText } from "@minisim/spec/text";
import { usageFailure } from "./failure.ts";
import { didYouMean } from "./similar.ts";

export interface Override {
  /** As the user wrote it. */
  readonly text: string;
  /** Place in the spec, step kinds resolved to their index. */
  readonly path: readonly (string | number)[];
}

type Json = Record<string, unknown>;

const said = (text: string): string => `--set ${excerpt(text, 100)}`;

/**
 * A copy of the spec with the fields set, and where they are. Field names are not checked here: parsing the result does.
 * @throws Failure for what has no place in the spec: malformed settings, steps that are not listed, items beyond a list.
 */
export function applyOverrides(
  input: unknown,
  settings: readonly string[],
): { value: unknown; overrides: Override[] } {
  const value = structuredClone(input);
  const overrides = settings.map((text) => {
    const { path, setting } = parseSetting(text);
    const resolved = resolveStep(text, path, value);
    assign(text, value, resolved, setting);
    return { text, path: resolved };
  });
  return { value, overrides };
}

function parseSetting(text: string): { path: (string | number)[]; setting: unknown } {
  const at = text.indexOf("=");
  if (at < 1) throw usageFailure(`${said(text)}: write it as path=value, as in seed=3.`);
  const path = [
    ...text
      .slice(0, at)
      .trim()
      .matchAll(/([^.[\]]+)|\[(\d+)\]/g),
  ].map((part) => (part[2] === undefined ? part[1]! : Number(part[2])));
  if (path.length === 0) throw usageFailure(`${said(text)}: the path is empty.`);
  try {
    return { path, setting: readSpecText(text.slice(at + 1), { name: "--set" }).value };
  } catch {
    throw usageFailure(`${said(text)}: the value is not YAML; quote it if it is text.`);
  }
}

/** steps.KIND… → steps[index]…, so that nobody has to count. */
function resolveStep(text: string, path: (string | number)[], spec: unknown): (string | number)[] {
  const [root, kind, ...rest] = path;
  const steps = (spec as Json | null)?.steps;
  if (root !== "steps" || typeof kind !== "string" || !Array.isArray(steps)) return path;
  const kinds = steps.map((step: Json | null) => String(step?.kind));
  const index = kinds.indexOf(kind);
  if (index >= 0) return ["steps", index, ...rest];
  throw usageFailure(
    `${said(text)}: the spec lists no step "${excerpt(kind)}", so there is nothing to set.${didYouMean(kind, kinds)} Listed are ${excerpt(kinds.join(", "), 300)}.`,
  );
}

function assign(text: string, spec: unknown, path: readonly (string | number)[], setting: unknown) {
  let holder = spec;
  for (const [depth, segment] of path.entries()) {
    const name = excerpt(path.slice(0, depth).join(".")) || "the spec";
    if (typeof holder !== "object" || holder === null) {
      throw usageFailure(`${said(text)}: ${name} has no fields inside.`);
    }
    if (typeof segment === "number" || Array.isArray(holder)) {
      const length = Array.isArray(holder) ? holder.length : 0;
      if (typeof segment !== "number" || segment >= length) {
        throw usageFailure(
          `${said(text)}: ${name} is written with ${length} items; choose one of them by [0], [1], ...`,
        );
      }
    }
    if (depth === path.length - 1) put(holder, segment, setting);
    else if (inside(holder, segment) == null) put(holder, segment, {});
    holder = inside(holder, segment);
  }
}

/** What the spec itself has under this name. */
function inside(holder: object, segment: string | number): unknown {
  return Object.hasOwn(holder, segment) ? (holder as Json)[segment] : undefined;
}

/** A field like any other even if its name is "__proto__": the spec's parser then says that it is unknown. */
function put(holder: object, segment: string | number, value: unknown): void {
  const field = { value, enumerable: true, configurable: true, writable: true };
  Object.defineProperty(holder, segment, field);
}
