// Finds numbers of a spec by the unit that the schema gives them.
import type { JsonSchema, Spec } from "@minisim/spec";

/**
 * The spec with every number of its steps that has this unit multiplied. Where a list of parts (populations) says the same
 * number as the step itself, the list stands for it.
 */
export function scaleByUnit(spec: Spec, schema: JsonSchema, unit: string, factor: number): Spec {
  const items = schema.properties?.steps?.items;
  const union = items ? (items.oneOf ?? items.anyOf ?? []) : [];
  const steps = spec.steps.map((step) => {
    const own = union.find(({ properties }) => properties?.kind?.const === step.kind);
    return own ? { ...scaled(step, own, unit, factor), kind: step.kind } : step;
  });
  return { ...spec, steps };
}

type Row = Readonly<Record<string, unknown>>;

function scaled(row: Row, schema: JsonSchema, unit: string, factor: number): Row {
  const fields = Object.entries(schema.properties ?? {});
  const lists = fields.flatMap(([name, field]) => {
    const part = partOf(field);
    const rows = row[name];
    if (!part || !Array.isArray(rows) || rows.length === 0) return [];
    return [[name, part, (rows as Row[]).map((one) => scaled(one, part, unit, factor))] as const];
  });
  const own = fields.filter(
    ([name, field]) =>
      field.unit === unit &&
      typeof row[name] === "number" &&
      !lists.some(([, part]) => part.properties?.[name]),
  );
  return {
    ...row,
    ...Object.fromEntries(own.map(([name]) => [name, (row[name] as number) * factor])),
    ...Object.fromEntries(lists.map(([name, , rows]) => [name, rows])),
  };
}

/** What a list of parts is a list of. */
function partOf(schema: JsonSchema): JsonSchema | undefined {
  return [schema, ...(schema.anyOf ?? [])]
    .map(({ items }) => items)
    .find(
      (items): items is JsonSchema => items !== undefined && items !== false && !!items.properties,
    );
}
