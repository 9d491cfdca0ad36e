// Turns the findings of zod into issues of ours: one per field, at the field itself, each with one clear sentence.
import type { z } from "zod";
import { brief, enough } from "./brief.ts";
import type { Path } from "./error.ts";
import { alternatives, expectation, type Node, nodeAt, nodeOf, shown } from "./expectation.ts";
import type { Issue } from "./issue.ts";
import { suggest } from "./suggest.ts";

type ZodIssue = z.core.$ZodIssue;

/** An issue of structure. `meant` is the field that a misspelled one probably stands for. */
export interface StructuralIssue extends Issue {
  readonly meant?: Path;
}

/** Parses `value` with `schema`; the issues' paths start with `base`. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  base: Path,
): { readonly data: z.output<Schema> | undefined; readonly issues: StructuralIssue[] } {
  // A spec is parsed a few times at most: generating code for it takes longer than it saves.
  const result = schema.safeParse(value, { jitless: true });
  if (result.success) return { data: result.data, issues: [] };
  const issues = enough(result.error.issues.flatMap(innermost).flatMap(perKey))
    .map((issue) => explain(issue, nodeOf(schema), value))
    .map((issue) => ({
      ...issue,
      path: [...base, ...issue.path],
      ...(issue.meant === undefined ? {} : { meant: [...base, ...issue.meant] }),
    }));
  return { data: undefined, issues: brief(firstPerPath(issues), base) };
}

export function unknownField(path: Path, known: readonly string[]): StructuralIssue {
  const field = String(path.at(-1));
  const meant = suggest(field, known);
  const hint =
    meant === undefined
      ? known.length === 0
        ? "nothing can be set here."
        : `the fields here are ${known.join(", ")}.`
      : `did you mean ${JSON.stringify(meant)}?`;
  return {
    severity: "error",
    code: "unknown_field",
    path,
    message: `unknown field; ${hint}`,
    ...(meant === undefined ? {} : { meant: [...path.slice(0, -1), meant] }),
  };
}

/** In a union, a member that accepts the value's type and objects to something inside it speaks for the union. */
function innermost(issue: ZodIssue): ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const speaker = issue.errors.find(
    (member) => member.length > 0 && member.every((inner) => inner.path.length > 0),
  );
  if (speaker === undefined) return [issue];
  return speaker
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .flatMap(innermost);
}

/** Unknown fields come together; each is an issue of its own. */
function perKey(issue: ZodIssue): ZodIssue[] {
  if (issue.code !== "unrecognized_keys") return [issue];
  return issue.keys.map((key) => ({ ...issue, keys: [key] }));
}

function explain(issue: ZodIssue, root: Node, input: unknown): StructuralIssue {
  const path = issue.path.map((segment) =>
    typeof segment === "number" ? segment : String(segment),
  );
  const value = valueAt(input, path);
  const node = nodeAt(root, path, input);
  if (issue.code === "unrecognized_keys") {
    const known = node === undefined ? [] : alternatives(node).flatMap(fieldNames);
    return unknownField([...path, issue.keys[0]!], known);
  }
  return { severity: "error", path, ...sentence(issue, node ?? {}, value) };
}

function sentence(issue: ZodIssue, node: Node, value: unknown): Pick<Issue, "code" | "message"> {
  const wanted = expectation(node);
  if (value === undefined) return { code: "missing", message: `is missing: must be ${wanted}.` };
  const code = codeOf(issue, value);
  if (code === "invalid") return { code, message: issue.message };
  const isUnion = alternatives(node).length > 1;
  if (code === "not_finite" && !isUnion) {
    return { code, message: `must be a finite number, got ${shown(value)}.` };
  }
  if (code === "out_of_range" && !isUnion) {
    return { code, message: `must be ${boundOf(issue)} (got ${shown(value)}).` };
  }
  if (code === "wrong_length" && !isUnion && node.prefixItems === undefined) {
    return { code, message: `must have ${lengthOf(issue, value)}, got ${shown(value)}.` };
  }
  if (typeof value === "number" && code !== "not_finite" && code !== "wrong_type") {
    return { code, message: `must be ${wanted} (got ${value}).` };
  }
  const meant = typeof value === "string" ? suggest(value, optionsOf(node)) : undefined;
  const hint = meant === undefined ? "." : `; did you mean ${JSON.stringify(meant)}?`;
  return { code, message: `must be ${wanted}, got ${shown(value)}${hint}` };
}

function codeOf(issue: ZodIssue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      if (typeof value !== "number") return "wrong_type";
      if (!Number.isFinite(value)) return "not_finite";
      return issue.expected === "int" ? "not_an_integer" : "wrong_type";
    case "invalid_union":
      return typeof value === "number" && !Number.isFinite(value) ? "not_finite" : "wrong_type";
    case "invalid_value":
      return typeof value === "string" ? "not_an_option" : "wrong_type";
    case "too_small":
    case "too_big":
      return typeof value === "number" ? "out_of_range" : "wrong_length";
    default:
      return "invalid";
  }
}

function boundOf(issue: ZodIssue): string {
  if (issue.code === "too_small") return `${issue.inclusive ? "≥" : ">"} ${issue.minimum}`;
  if (issue.code === "too_big") return `${issue.inclusive ? "≤" : "<"} ${issue.maximum}`;
  return "in range";
}

function lengthOf(issue: ZodIssue, value: unknown): string {
  const thing = typeof value === "string" ? "character" : "item";
  if (issue.code === "too_small") return `at least ${plural(Number(issue.minimum), thing)}`;
  if (issue.code === "too_big") return `at most ${plural(Number(issue.maximum), thing)}`;
  return `another number of ${thing}s`;
}

function plural(amount: number, thing: string): string {
  return `${amount} ${thing}${amount === 1 ? "" : "s"}`;
}

function optionsOf(node: Node): string[] {
  return alternatives(node)
    .flatMap((member) => member.enum ?? [member.const])
    .filter((option) => typeof option === "string");
}

function fieldNames(node: Node): string[] {
  return Object.keys(node.properties ?? {});
}

function firstPerPath(issues: readonly StructuralIssue[]): StructuralIssue[] {
  const seen = new Map<string, StructuralIssue>();
  for (const issue of issues) {
    const key = JSON.stringify(issue.path);
    if (!seen.has(key)) seen.set(key, issue);
  }
  return [...seen.values()];
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const segment of path)
    current = (current as Record<PropertyKey, unknown> | undefined)?.[segment];
  return current;
}
