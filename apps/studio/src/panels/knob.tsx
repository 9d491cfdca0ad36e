// One parameter by its name, wherever it is in the spec: for lessons and for pages that show a few.
import type { JsonSchema } from "@minisim/spec";
import type { Path } from "../state/paths.ts";
import { sectionSchema, stepIndex, stepSchema } from "../state/spec.ts";
import { Field } from "./field.tsx";

interface Props {
  /** Kind of a step or section of the acquisition. */
  readonly where: string;
  readonly field: string;
  readonly label?: string | undefined;
}

export function Knob({ where, field, label }: Props) {
  const found = knobOf(where, field);
  return found && <Field path={found.path} schema={found.schema} label={label} />;
}

/** Null where there is no such parameter, or its step is off. */
export function knobOf(
  where: string,
  field: string,
): { readonly path: Path; readonly schema: JsonSchema } | null {
  const general = where === "acquisition" ? sectionSchema("acquisition") : null;
  const section = (general ?? sectionSchema("acquisition", where))?.properties?.[field];
  if (section) {
    const path = general ? ["acquisition", field] : ["acquisition", where, field];
    return { path, schema: section };
  }
  const index = stepIndex(where);
  const schema = stepSchema(where)?.properties?.[field];
  return schema && index !== undefined ? { path: ["steps", index, field], schema } : null;
}
