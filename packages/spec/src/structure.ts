// The first pass over a spec: each part against its own schema, nothing between parts.
import { z } from "zod";
import { type Acquisition, acquisitionSchema } from "./acquisition.ts";
import { brief, enough } from "./brief.ts";
import type { Path } from "./error.ts";
import { shown } from "./expectation.ts";
import { type Output, outputSchema } from "./output.ts";
import { type StructuralIssue, unknownField, validate } from "./sentence.ts";
import type { StepSpec } from "./spec.ts";
import type { StepSchema } from "./step-schema.ts";
import { quantity } from "./units.ts";
import { specVersion } from "./version.ts";

export const seedSchema = quantity({
  unit: "1",
  description: "Seed of all randomness: the same spec and seed give the same recording",
  integer: true,
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
}).default(0);

export const schemaLocation = z
  .string()
  .optional()
  .meta({ description: "Where editors find this schema; ignored" });

export const acquisitionSection = acquisitionSchema.prefault({});
export const outputSection = outputSchema.prefault({});

/** The top-level fields of a spec. */
export const specFields = ["acquisition", "seed", "steps", "output"] as const;

// Steps too many or unknown that are still explained one by one.
const MOST_WRONG_STEPS = 100;

/** The steps that a spec may name. */
export interface Catalog {
  readonly steps: ReadonlyMap<string, StepSchema>;
  /** Accepts their kinds. */
  readonly kindSchema: z.ZodType<string>;
}

/** A spec whose parts are valid one by one. */
export interface Draft {
  readonly acquisition: Acquisition;
  readonly seed: number;
  readonly output: Output;
  readonly steps: readonly DraftStep[];
}

export interface DraftStep {
  /** Place in the list as the user wrote it. */
  readonly index: number;
  readonly schema: StepSchema;
  readonly params: Record<string, unknown>;
}

export interface Structure {
  readonly issues: readonly StructuralIssue[];
  /** Present when there are no issues. */
  readonly draft?: Draft;
}

/** Validates every part by itself; the steps at the indices in `skipped` are taken as absent. */
export function structureOf(
  input: unknown,
  catalog: Catalog,
  skipped: ReadonlySet<number> = new Set(),
): Structure {
  if (!isRecord(input)) {
    const message = `must be an object with ${specFields.join(", ")}, got ${shown(input)}.`;
    return { issues: [issue("wrong_type", [], message)] };
  }
  const others = Object.keys(input).filter(
    (key) => !["$schema", "spec_version", ...specFields].includes(key),
  );
  const unknown = enough(others).map((key) => unknownField([key], ["spec_version", ...specFields]));
  const location = validate(schemaLocation, input.$schema, ["$schema"]);
  const version = validate(specVersion, input.spec_version, ["spec_version"]);
  const acquisition = validate(acquisitionSection, input.acquisition, ["acquisition"]);
  const seed = validate(seedSchema, input.seed, ["seed"]);
  const steps = stepsOf(input.steps, catalog, skipped);
  const output = validate(outputSection, input.output, ["output"]);
  const issues = [
    brief(unknown, []),
    ...[location, version, acquisition, seed, steps, output].map((part) => part.issues),
  ].flat();
  if (issues.length > 0) return { issues };
  return {
    issues,
    draft: {
      acquisition: acquisition.data!,
      seed: seed.data!,
      output: output.data!,
      steps: steps.data,
    },
  };
}

/** The step as it stands in a spec. */
export function stepSpec({ schema, params }: DraftStep): StepSpec {
  return { kind: schema.kind, ...params };
}

function stepsOf(input: unknown, catalog: Catalog, skipped: ReadonlySet<number>) {
  const data: DraftStep[] = [];
  if (!Array.isArray(input)) {
    const wanted = "must be a list of steps";
    const found =
      input === undefined
        ? issue("missing", ["steps"], `is missing: ${wanted}.`)
        : issue("wrong_type", ["steps"], `${wanted}, got ${shown(input)}.`);
    return { data, issues: [found] };
  }
  const issues: StructuralIssue[] = [];
  const kinds = catalog.steps.size;
  if (input.length > kinds + MOST_WRONG_STEPS) {
    const message = `is a list of ${input.length} steps; there are ${kinds} kinds, and each occurs at most once.`;
    return { data, issues: [issue("wrong_length", ["steps"], message)] };
  }
  const firstOfKind = new Map<string, number>();
  for (const [index, step] of input.entries()) {
    if (skipped.has(index)) continue;
    const path: Path = ["steps", index];
    if (!isRecord(step)) {
      issues.push(
        issue("wrong_type", path, `must be an object with a "kind", got ${shown(step)}.`),
      );
      continue;
    }
    const { kind, ...fields } = step;
    const known = validate(catalog.kindSchema, kind, [...path, "kind"]);
    issues.push(...known.issues.map((found) => ({ ...found, code: kindCode(found.code) })));
    const schema = catalog.steps.get(String(known.data));
    if (schema === undefined) continue;
    const first = firstOfKind.get(schema.kind);
    if (first === undefined) firstOfKind.set(schema.kind, index);
    else issues.push(issue("duplicate_kind", [...path, "kind"], duplicate(schema.kind, first)));
    const params = validate(schema.params, fields, path);
    issues.push(...params.issues);
    if (params.data !== undefined) data.push({ index, schema, params: params.data });
  }
  return { data, issues };
}

function kindCode(code: string): string {
  return code === "not_an_option" ? "unknown_kind" : code;
}

function duplicate(kind: string, first: number): string {
  return `each kind at most once: ${JSON.stringify(kind)} is already at steps[${first}].`;
}

function issue(code: string, path: Path, message: string): StructuralIssue {
  return { severity: "error", code, path, message };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
