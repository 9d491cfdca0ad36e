// From a spec of the first edition to one of today's that expects the same light. What each step's fields become, the step says itself.
import type { Acquisition } from "./acquisition.ts";
import { editionIssue, firstEditionOf, isOfFirstEdition } from "./edition.ts";
import { geometryOf } from "./geometry.ts";
import type { Issue } from "./issue.ts";
import { type StructuralIssue, validate } from "./sentence.ts";
import type { FirstEdition } from "./step-schema.ts";
import { acquisitionSection, type Catalog, isRecord } from "./structure.ts";
import { SPEC_VERSION } from "./version.ts";

export interface Migration {
  /** A spec as written, still to be parsed: the document itself where nothing was converted. */
  readonly spec: unknown;
  /**
   * One warning for each thing that was converted, at its place in the given document. Where an error is among them, the document
   * could not be converted, and the errors say why.
   */
  readonly changes: readonly Issue[];
}

/** Never throws. The document stays as it is. */
export function migrated(document: unknown, catalog: Catalog): Migration {
  if (!isRecord(document)) {
    const message = "is no spec: must be an object.";
    return refused(document, [{ severity: "error", code: "wrong_type", path: [], message }]);
  }
  if (!isOfFirstEdition(document, catalog)) {
    const issue = editionIssue(document, catalog);
    return refused(document, issue ? [issue] : []);
  }
  const acquisition = validate(acquisitionSection, document.acquisition, ["acquisition"]);
  if (acquisition.data === undefined) return refused(document, acquisition.issues);
  const given = Array.isArray(document.steps) ? document.steps : [];
  const steps = given.map((step, index) => stepOf(step, index, acquisition.data!, catalog));
  const changes = [...opticsChanges(acquisition.data), ...steps.flatMap(({ changes }) => changes)];
  const errors = changes.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return refused(document, errors);
  const spec = {
    ...document,
    spec_version: SPEC_VERSION,
    ...(Array.isArray(document.steps) && { steps: steps.map(({ step }) => step) }),
  };
  return { spec, changes };
}

interface MigratedStep {
  readonly step: unknown;
  readonly changes: readonly Issue[];
}

function stepOf(
  step: unknown,
  index: number,
  acquisition: Acquisition,
  catalog: Catalog,
): MigratedStep {
  const first = isRecord(step) ? firstEditionOf(step, catalog) : undefined;
  if (!isRecord(step) || first === undefined) return { step, changes: [] };
  return converted(step, first, index, acquisition);
}

function converted(
  { kind, ...fields }: Record<string, unknown>,
  first: FirstEdition,
  index: number,
  acquisition: Acquisition,
): MigratedStep {
  const path = ["steps", index];
  const { data, issues } = validate(first.params, fields, path);
  if (data === undefined) return { step: { kind, ...fields }, changes: issues.map(withoutMeant) };
  const context = { params: data, acquisition, geometry: geometryOf(acquisition) };
  const { params, changes } = first.convert(context);
  return {
    step: { kind, ...params },
    changes: changes.map(({ field, message }) => ({
      ...CONVERTED,
      path: [...path, field],
      message,
    })),
  };
}

const CONVERTED = { severity: "warning", code: "converted" } as const;

/** The first edition's blur had σ = NA · |dz| and its depth of field n λ / NA²; the fields that lead to both are the same. */
function opticsChanges({ optics, tissue }: Acquisition): Issue[] {
  const { na } = optics;
  const n = tissue.refractive_index;
  const ratio = 2 * Math.sqrt(n * n - na * na);
  const defocus = `the blur of what is out of focus is ${ratio.toFixed(1)} times narrower, with the same light in all.`;
  const depth = `"auto" is n λ / (2 NA²), half of what it was: fewer cells count as in focus.`;
  const at = ["acquisition", "optics"];
  return [
    { ...CONVERTED, path: [...at, "na"], message: defocus },
    ...(optics.depth_of_field_um === "auto"
      ? [{ ...CONVERTED, path: [...at, "depth_of_field_um"], message: depth }]
      : []),
  ];
}

function refused(spec: unknown, issues: readonly StructuralIssue[]): Migration {
  return { spec, changes: issues.map(withoutMeant) };
}

function withoutMeant({ meant: _, ...issue }: StructuralIssue): Issue {
  return issue;
}
