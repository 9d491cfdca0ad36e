// The JSON Schema of a whole spec, for editors, forms and tables.
import { z } from "zod";
import type { StepSchema } from "./step-schema.ts";
import { acquisitionSection, outputSection, schemaLocation, seedSchema } from "./structure.ts";
import type { FileContent } from "./units.ts";
import { specVersion } from "./version.ts";

/** A JSON Schema as it is written here: the keywords of draft 2020-12 that are used, and unit and source beside them. */
export interface JsonSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  /** "1" for a plain number. */
  readonly unit?: string;
  /** Where the default or the range comes from. */
  readonly source?: string;
  /** What a file in place of the value holds. */
  readonly file?: FileContent;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** Draft 2020-12, of a spec as people write it: what has a default may be left out. */
export function jsonSchemaOf(steps: readonly StepSchema[]): JsonSchema {
  const document = z.strictObject({
    $schema: schemaLocation,
    spec_version: specVersion,
    acquisition: acquisitionSection,
    seed: seedSchema,
    steps: z.array(anyOf(steps)).meta({
      description: "The effects, each kind at most once; their order has no meaning",
    }),
    output: outputSection,
  });
  return z.toJSONSchema(document.meta({ title: "Minisim spec" }), {
    target: "draft-2020-12",
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      const { file, anyOf } = jsonSchema;
      // Asked for the value, and again for the value with its default.
      if (file !== undefined && anyOf && !anyOf.includes(REFERENCE)) anyOf.push(REFERENCE);
    },
  }) as JsonSchema;
}

/** What stands in a spec file where the value is in a file of its own. */
const REFERENCE = {
  type: "object",
  properties: {
    file: { type: "string", description: "Path, from the folder of the spec" },
    dataset: { type: "string", description: "Which array of the file" },
  },
  required: ["file"],
  additionalProperties: false,
} satisfies z.core.JSONSchema.JSONSchema;

function anyOf(steps: readonly StepSchema[]): z.ZodType {
  const [first, ...others] = steps.map(({ kind, summary, params }) => {
    const kindSchema = z.literal(kind).meta({ description: "Which effect this is" });
    const step = z.strictObject({ kind: kindSchema, ...params.shape });
    return step.meta({ title: kind, description: summary });
  });
  return first === undefined ? z.never() : z.discriminatedUnion("kind", [first, ...others]);
}
