// The JSON Schema of a whole spec, for editors, forms and tables.
import { z } from "zod";
import type { StepSchema } from "./step-schema.ts";
import { acquisitionSection, outputSection, schemaLocation, seedSchema } from "./structure.ts";

/** Draft 2020-12, of a spec as people write it: what has a default may be left out. */
export function jsonSchemaOf(steps: readonly StepSchema[]): object {
  const document = z.strictObject({
    $schema: schemaLocation,
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
  });
}

function anyOf(steps: readonly StepSchema[]): z.ZodType {
  const [first, ...others] = steps.map(({ kind, summary, params }) => {
    const kindSchema = z.literal(kind).meta({ description: "Which effect this is" });
    const step = z.strictObject({ kind: kindSchema, ...params.shape });
    return step.meta({ title: kind, description: summary });
  });
  return first === undefined ? z.never() : z.discriminatedUnion("kind", [first, ...others]);
}
