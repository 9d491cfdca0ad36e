// SWEEP.yaml: what a sweep file may say.

import { list, type Path } from "@minisim/spec";
import { didYouMean } from "@minisim/spec/suggest";
import type { Simulator } from "minisim";
import { z } from "zod";
import { MOST_POINTS } from "./grid.ts";
import { isObject } from "./json.ts";
import type { SweepProblem } from "./problem.ts";

export const sweepFileSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: "Where editors find this schema; ignored" }),
    base: z
      .union([z.string().min(1), z.looseObject({})], {
        error: "must be the name of a preset, a spec file or a spec",
      })
      .meta({
        description:
          "What all points share: the name of a preset, a spec file (relative to this file) or a spec",
      }),
    axes: z
      .record(z.string(), list(z.json(), { min: 1, description: "Values of one axis" }), {
        error: "must be a map from dotted paths to lists of values",
      })
      .meta({
        description:
          "Values by dotted path: acquisition.optics.na, steps.place_neurons.density_per_mm3, seed; steps.KIND as a whole: parameters, or null to leave the step out; pipeline.NAME, a parameter of the pipelines",
      })
      .default({}),
    zip: z.boolean().default(false).meta({
      description:
        "The first values of all axes, the second ones, …, in place of every combination",
    }),
    repeats: z.int().min(1).default(1).meta({
      description: "How often each point is simulated, with seeds s, s + 1, … from its own seed s",
    }),
    score: z
      .record(z.string(), z.json())
      .optional()
      .meta({ description: "Options of the score that every point's estimate gets" }),
    pipeline: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
        error: "must be the name of a pipeline, or a list of names",
      })
      .optional()
      .meta({ description: "The pipelines whose estimates are scored" }),
  })
  .meta({ title: "Minisim sweep" });

export type SweepFile = z.output<typeof sweepFileSchema>;

const fields = Object.keys(sweepFileSchema.shape);

/** The file as far as it is right, and what is wrong with it. */
export function checkSweepFile(value: unknown): {
  readonly file?: SweepFile;
  readonly problems: readonly SweepProblem[];
} {
  const before = [...tooMany(value), ...hidden(value)];
  if (before.length > 0) return { problems: before };
  const result = sweepFileSchema.safeParse(value);
  if (result.success) return { file: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => sentences(issue, value)) };
}

const MOST_FIELDS = 1000;

/** Maps larger than any sweep has, whose problems zod could not hand on. */
function tooMany(value: unknown): SweepProblem[] {
  return ["axes", "score"].flatMap((name) => {
    const map = isObject(value) ? value[name] : undefined;
    const count = isObject(map) ? Object.keys(map).length : 0;
    if (count > MOST_FIELDS) {
      const message = `has ${count} fields, of which it can have ${MOST_FIELDS}.`;
      return [{ path: [name], message }];
    }
    return Object.entries(isObject(map) ? map : {}).flatMap(([key, values]) => {
      if (!Array.isArray(values) || values.length <= MOST_POINTS) return [];
      const message = `has ${values.length} values; a sweep has at most ${MOST_POINTS} points.`;
      return [{ path: [name, key], message }];
    });
  });
}

/** Where a field is called "__proto__": zod passes over it in maps, but it is as unknown as any other. */
function hidden(value: unknown): SweepProblem[] {
  const open: { readonly value: unknown; readonly path: Path }[] = [{ value, path: [] }];
  const found: SweepProblem[] = [];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: holder, path } = next;
    if (typeof holder !== "object" || holder === null) continue;
    for (const [key, inner] of Object.entries(holder)) {
      const place = [...path, Array.isArray(holder) ? Number(key) : key];
      if (key === "__proto__") found.push({ path: place, message: "unknown field." });
      else if (typeof inner === "object") open.push({ value: inner, path: place });
    }
  }
  return found;
}

function sentences(issue: z.core.$ZodIssue, value: unknown): SweepProblem[] {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const hint = didYouMean(key, fields) || ` The fields are ${fields.join(", ")}.`;
      return { path: [...path, key], message: `unknown field.${hint}` };
    });
  }
  if (path.length === 0) return [{ path, message: "a sweep is a map with base and axes." }];
  if (issue.code === "too_small" && issue.origin === "array") {
    return [{ path, message: "the list is empty." }];
  }
  if (issue.code === "too_small" && issue.origin === "string") {
    return [{ path, message: "must not be empty." }];
  }
  if (path[0] === "base" && isObject(value) && !("base" in value)) {
    return [{ path, message: `is missing: ${WANTED.base}.` }];
  }
  if (path[0] === "axes" && path.length === 2) {
    return [{ path, message: "must be a list of values." }];
  }
  if (path[0] === "axes" && path.length > 2) {
    return [{ path, message: "must be a value that JSON has (no .nan, no .inf)." }];
  }
  return [{ path, message: `${WANTED[String(path[0])] ?? issue.message}.` }];
}

const WANTED: Readonly<Record<string, string>> = {
  $schema: "must be text",
  base: "must be the name of a preset, a spec file or a spec",
  axes: "must be a map from dotted paths to lists of values",
  zip: "must be true or false",
  repeats: "must be a whole number from 1",
  score: "must be a map of options",
  pipeline: "must be the name of a pipeline, or a list of names",
};

/** JSON Schema (draft 2020-12) of a sweep file, with the spec of this simulator as an inline base. */
export function sweepJsonSchema(simulator: Pick<Simulator, "Spec">): object {
  const document = z.toJSONSchema(sweepFileSchema, { target: "draft-2020-12", io: "input" });
  const { $schema: _, ...spec } = simulator.Spec.jsonSchema() as Record<string, unknown>;
  const base = document.properties!.base as Record<string, unknown>;
  const { anyOf: __, ...about } = base;
  const properties = {
    ...document.properties,
    base: { ...about, anyOf: [{ type: "string", minLength: 1 }, spec] },
  };
  return { ...document, properties };
}
