// The fields of a spec as people read them: name, unit, range, default, meaning. All of it comes from the JSON Schema.

import type { JsonSchema } from "./json-schema.ts";

export interface FieldInfo {
  readonly name: string;
  readonly description: string;
  /** "" for what has none. */
  readonly unit: string;
  /** "> 0, ≤ 100", "soma | cytosolic", "[y, x]", ... */
  readonly range: string;
  readonly default: unknown;
  readonly source: string;
  /** Fields inside: of an object, or of each item of a list. */
  readonly children: readonly FieldInfo[];
  readonly shape: "value" | "object" | "list";
}

/** The fields of an object schema, in order; `kind` and `$schema` are left out. */
export function fieldsOf(schema: JsonSchema): FieldInfo[] {
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => name !== "kind" && name !== "$schema")
    .map(([name, field]) => fieldInfo(name, field));
}

/** The schema of a step of a spec. */
export function stepSchema(spec: JsonSchema, kind: string): JsonSchema | undefined {
  const items = (spec.properties?.steps?.items ?? {}) as JsonSchema;
  const variants = items.oneOf ?? items.anyOf ?? [items];
  return variants.find((variant) => variant.properties?.kind?.const === kind);
}

const FILE = "{file: …}";

function fieldInfo(name: string, schema: JsonSchema): FieldInfo {
  const options = (schema.anyOf ?? [schema]).filter(({ type }) => type !== "null");
  // A file in place of the value is no object with fields of its own.
  const object = schema.file ? undefined : options.find(({ properties }) => properties);
  const list = options.find(({ items }) => items && typeof items === "object");
  const item = list ? (list.items as JsonSchema) : undefined;
  const inner = object ?? (item?.properties ? item : undefined);
  const unit = schema.unit ?? (item?.unit || "");
  return {
    name,
    description: schema.description ?? "",
    unit: unit === "1" ? "" : unit,
    range: (schema.anyOf ?? [schema])
      .map((one) => (schema.file && one.properties ? FILE : rangeOf(one)))
      .filter(Boolean)
      .join(" | "),
    default: schema.default,
    source: schema.source ?? "",
    children: inner ? fieldsOf(inner) : [],
    shape: object ? "object" : item ? "list" : "value",
  };
}

function rangeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(" | ");
  if (schema.type === "null") return "null";
  if (schema.type === "boolean") return "true | false";
  if (schema.prefixItems) {
    const names = schema.prefixItems.map(
      ({ description }) => description?.split(" of: ")[0] ?? "…",
    );
    return [`[${names.join(", ")}]`, boundsOf(schema.prefixItems[0] ?? {})]
      .filter(Boolean)
      .join(" ");
  }
  if (schema.items && typeof schema.items === "object") {
    const inner = rangeOf(schema.items);
    return `list of ${inner || (schema.items.properties ? "objects" : "values")}`;
  }
  const bounds = boundsOf(schema);
  return schema.type === "integer" ? ["whole", bounds].filter(Boolean).join(" ") : bounds;
}

function boundsOf(schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (minimum !== undefined && maximum !== undefined)
    return `${number(minimum)} … ${number(maximum)}`;
  const lower = exclusiveMinimum !== undefined ? `> ${number(exclusiveMinimum)}` : "";
  const least = minimum !== undefined ? `≥ ${number(minimum)}` : "";
  const upper = exclusiveMaximum !== undefined ? `< ${number(exclusiveMaximum)}` : "";
  const most = maximum !== undefined ? `≤ ${number(maximum)}` : "";
  return [lower, least, upper, most].filter(Boolean).join(", ");
}

const number = (value: number): string =>
  value === Number.MAX_SAFE_INTEGER
    ? "2^53 − 1"
    : value >= 1e6
      ? value.toExponential().replace("e+", "e")
      : `${value}`;
