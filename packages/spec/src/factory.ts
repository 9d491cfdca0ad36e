// Puts the parts together: from the descriptions of some steps to everything one can do with a spec of them.
import { z } from "zod";
import { canonicalJson, shortHash } from "./canonical.ts";
import { editionIssue } from "./edition.ts";
import { frozenCopy } from "./frozen.ts";
import { type Issue, SpecError } from "./issue.ts";
import { type JsonSchema, jsonSchemaOf } from "./json-schema.ts";
import { type Migration, migrated } from "./migrate.ts";
import { segmentsOf } from "./place.ts";
import { repair } from "./repair.ts";
import { findingsOf } from "./rules.ts";
import type { Spec, SpecInput } from "./spec.ts";
import type { StepSchema } from "./step-schema.ts";
import { type Catalog, stepSpec, structureOf } from "./structure.ts";
import { varied } from "./vary.ts";
import { SPEC_VERSION } from "./version.ts";

export type SpecResult<Steps extends readonly StepSchema[] = readonly StepSchema[]> =
  | { readonly ok: true; readonly spec: Spec<Steps>; readonly warnings: readonly Issue[] }
  /** Errors first, then warnings. */
  | { readonly ok: false; readonly issues: readonly Issue[] };

export interface SpecFactory<Steps extends readonly StepSchema[] = readonly StepSchema[]> {
  /** The spec, complete and frozen. Throws a SpecError that lists everything wrong with the input. */
  parse(input: unknown): Spec<Steps>;
  /** Like parse, with the outcome as a value. */
  safeParse(input: unknown): SpecResult<Steps>;
  /**
   * The spec with some fields changed, steps added or left out, by dotted path:
   * `vary(spec, { "acquisition.optics.na": 0.2, "steps.vasculature": null, "steps.brain_motion": {} })`. The given spec stays as it is.
   * @throws SpecError that lists everything wrong with the spec, the paths and the values.
   */
  vary(
    spec: SpecInput<Steps> | Spec<Steps>,
    changes: Readonly<Record<string, unknown>>,
  ): Spec<Steps>;
  /**
   * A spec of today's edition with the same expected light as this one of the first edition, and what was converted. A spec of today's
   * edition stays as it is. Never throws, and does not parse: what is wrong for other reasons stays wrong.
   */
  migrate(document: unknown): Migration;
  /** JSON Schema (draft 2020-12) of a spec as written, with descriptions, units, defaults and ranges. */
  jsonSchema(): JsonSchema;
  /** 16 hex digits; the same for specs that give the same recording with these revisions of the steps. */
  cacheKey(spec: Spec): string;
  /** RFC 8785 JSON of the spec, steps in canonical order. */
  canonicalJson(spec: Spec): string;
}

export interface SpecFactoryOptions {
  /** The canonical order of step kinds; by name if absent. Gets the kinds of a spec, gives the same kinds. */
  readonly order?: (kinds: readonly string[]) => readonly string[];
  /** Rules about the spec as a whole. Asked only where nothing else is wrong; must not throw. */
  readonly check?: (spec: Spec) => readonly Issue[];
}

/** Throws an Error if the descriptions of the steps contradict each other. */
export function createSpecFactory<const Steps extends readonly StepSchema[]>(
  steps: Steps,
  options: SpecFactoryOptions = {},
): SpecFactory<Steps> {
  const { order = (kinds) => [...kinds].sort(), check = () => [] } = options;
  const catalog = catalogOf(steps);

  function safeParse(input: unknown): SpecResult<Steps> {
    const edition = editionIssue(input, catalog);
    if (edition) return { ok: false, issues: [edition] };
    const { draft, issues: structure } = structureOf(input, catalog);
    if (draft === undefined) {
      const mended = repair(input, structure, catalog);
      const findings = findingsOf(mended.draft, mended.untrusted);
      const structural = structure.map(({ meant: _, ...issue }) => issue);
      return { ok: false, issues: [...structural, ...errorsFirst(findings)] };
    }
    const findings = errorsFirst(findingsOf(draft));
    if (findings[0]?.severity === "error") return { ok: false, issues: findings };
    const spec = frozenCopy({
      spec_version: SPEC_VERSION,
      ...draft,
      steps: draft.steps.map(stepSpec),
    }) as Spec;
    const issues = errorsFirst([...findings, ...check(spec)]);
    if (issues[0]?.severity === "error") return { ok: false, issues };
    return { ok: true, spec: spec as Spec<Steps>, warnings: issues };
  }

  function parse(input: unknown): Spec<Steps> {
    const result = safeParse(input);
    if (!result.ok) throw new SpecError(result.issues);
    return result.spec;
  }

  function vary(input: SpecInput<Steps> | Spec<Steps>, changes: Readonly<Record<string, unknown>>) {
    const list = Object.entries(changes);
    const rules = { complete: true, kinds: [...catalog.steps.keys()] };
    const { spec, misfits } = varied(parse(input), list, rules);
    if (misfits.length === 0) return parse(spec);
    const issues = misfits.map(({ change, message }): Issue => {
      const path = segmentsOf(list[change]![0]);
      return { severity: "error", code: "no_such_place", path, message };
    });
    throw new SpecError(issues);
  }

  // Parsed once more: a key must not depend on whether somebody filled in the defaults.
  function canonical(input: Spec): Spec {
    const spec: Spec = parse(input);
    const byKind = new Map(spec.steps.map((step) => [step.kind, step]));
    return { ...spec, steps: order([...byKind.keys()].sort()).map((kind) => byKind.get(kind)!) };
  }

  return {
    parse,
    safeParse,
    vary,
    migrate: (document) => migrated(document, catalog),
    jsonSchema: () => jsonSchemaOf(steps),
    canonicalJson: (spec) => canonicalJson(canonical(spec)),
    cacheKey: (input) => {
      const spec = canonical(input);
      const revisions = spec.steps.map(({ kind }) => [kind, catalog.steps.get(kind)!.revision]);
      return shortHash({ spec, revisions: Object.fromEntries(revisions) });
    },
  };
}

function catalogOf(schemas: readonly StepSchema[]): Catalog {
  const steps = new Map<string, StepSchema>();
  for (const schema of schemas) {
    const { kind, params } = schema;
    if (steps.has(kind)) throw new Error(`two steps are of the kind "${kind}"`);
    if ("kind" in params.shape) {
      throw new Error(`the step "${kind}" has a parameter "kind"; that name is taken`);
    }
    if (params.def.catchall?._zod.def.type !== "never") {
      throw new Error(`the parameters of the step "${kind}" must be a z.strictObject`);
    }
    steps.set(kind, schema);
  }
  return { steps, kindSchema: z.enum([...steps.keys()]) };
}

function errorsFirst(issues: readonly Issue[]): Issue[] {
  const errors = issues.filter((issue) => issue.severity === "error");
  return [...errors, ...issues.filter((issue) => issue.severity === "warning")];
}
