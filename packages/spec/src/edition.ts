// Which edition of the spec a document is written in, and the sentence about one that is not today's.
import type { Path } from "./error.ts";
import { shown } from "./expectation.ts";
import type { Issue } from "./issue.ts";
import type { FirstEdition, StepSchema } from "./step-schema.ts";
import { type Catalog, isRecord } from "./structure.ts";
import { SPEC_VERSION } from "./version.ts";

/** The issue of a document that is not of today's edition; undefined where it is, or is no spec at all. */
export function editionIssue(input: unknown, catalog: Catalog): Issue | undefined {
  if (!isRecord(input)) return undefined;
  const version = input.spec_version;
  if (version === undefined || version === SPEC_VERSION) {
    const sign = signOfFirst(input, catalog);
    return sign && first(sign, "is a field of the first edition of specs");
  }
  const path = ["spec_version"];
  if (version === 1) return first(path, "the spec is of the first edition");
  const isLater = Number.isSafeInteger(version) && (version as number) > SPEC_VERSION;
  const message = isLater
    ? `the spec is of edition ${version}, and this program knows edition ${SPEC_VERSION}: a later one has written it.`
    : `must be ${SPEC_VERSION}, got ${shown(version)}.`;
  return { severity: "error", code: "unknown_edition", path, message };
}

/** Whether migration has something to do. */
export function isOfFirstEdition(input: Fields, catalog: Catalog): boolean {
  return input.spec_version === 1 || signOfFirst(input, catalog) !== undefined;
}

/** What a step was in the first edition, if that had other fields for it and the step has no field of today's. */
export function firstEditionOf(step: Fields, catalog: Catalog): FirstEdition | undefined {
  const first = schemaOf(step, catalog)?.firstEdition;
  if (first === undefined) return undefined;
  const isOld = (field: string) => field === "kind" || Object.hasOwn(first.params.shape, field);
  return Object.keys(step).every(isOld) ? first : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** The first field that only the first edition had. A spec that says it is of today's edition has none. */
function signOfFirst({ spec_version, steps }: Fields, catalog: Catalog): Path | undefined {
  if (spec_version !== undefined || !Array.isArray(steps)) return undefined;
  for (const [index, step] of steps.entries()) {
    if (!isRecord(step)) continue;
    const schema = schemaOf(step, catalog);
    const retired = schema && firstEditionOf(step, catalog) && retiredField(step, schema);
    if (retired !== undefined) return ["steps", index, retired];
  }
  return undefined;
}

function schemaOf({ kind }: Fields, { steps }: Catalog): StepSchema | undefined {
  return typeof kind === "string" ? steps.get(kind) : undefined;
}

function retiredField(step: Fields, { params }: StepSchema): string | undefined {
  return Object.keys(step).find((field) => field !== "kind" && !Object.hasOwn(params.shape, field));
}

function first(path: Path, subject: string): Issue {
  const message = `${subject}, whose light has other units; \`minisim migrate FILE\` converts it.`;
  return { severity: "error", code: "first_edition", path, message };
}
