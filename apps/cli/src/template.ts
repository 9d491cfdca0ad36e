// A spec as a commented YAML text: what the preset sets is set, every other field stands commented out with its default.

import type { JsonSchema, SpecInput } from "@minisim/spec";
import { type FieldInfo, fieldsOf, stepSchema } from "@minisim/spec/fields";
import { stringify } from "yaml";
import { wrap } from "./print.ts";

type Json = Readonly<Record<string, unknown>>;

interface Line {
  /** 0-based nesting, two spaces each. */
  readonly indent: number;
  readonly text: string;
  /** A remark for people, as opposed to YAML. */
  readonly remark: boolean;
  /** YAML that holds only if uncommented. */
  readonly off: boolean;
}

const WIDTH = 100;

/** `spec` is a spec as written; `schema` the JSON Schema of all specs. */
export function specTemplate(spec: SpecInput, schema: JsonSchema, title: string): string {
  const remark = (text: string): Line => ({ indent: 0, text, remark: true, off: false });
  const top = fieldsOf(schema);
  const field = (name: string) => top.find((one) => one.name === name)!;
  const { steps } = spec;
  const lines = [
    ...wrap(title, WIDTH - 2).map(remark),
    remark("A line like #name: value shows a default; take the # away to change it."),
    ...section(field("spec_version"), spec.spec_version),
    ...section(field("acquisition"), spec.acquisition),
    ...section(field("seed"), spec.seed ?? 0),
    blank,
    ...describe(field("steps"), 0),
    { indent: 0, text: "steps:", remark: false, off: false },
    ...steps.flatMap((step) => stepLines(step, stepSchema(schema, step.kind) ?? {})),
    ...section(field("output"), spec.output),
  ];
  return `${lines.map(rendered).join("\n")}\n`;
}

const blank: Line = { indent: 0, text: "", remark: false, off: false };

const section = (field: FieldInfo, value: unknown): Line[] => [
  blank,
  ...fieldLines(field, value, 0),
];

function stepLines(step: Json, schema: JsonSchema): Line[] {
  const lines = [
    blank,
    ...wrap(schema.description ?? "", WIDTH - 4).map((text) => remarkAt(1, text)),
    { indent: 1, text: `- kind: ${String(step.kind)}`, remark: false, off: false },
  ];
  return [...lines, ...fieldsOf(schema).flatMap((field) => fieldLines(field, step[field.name], 2))];
}

function fieldLines(field: FieldInfo, value: unknown, indent: number): Line[] {
  const remarks = describe(field, indent);
  if (field.shape === "object" && value === undefined && !hasDefaults(field)) {
    const example = field.children.map(
      (child) => `${child.name}: ${child.default === undefined ? "…" : inline(child.default)}`,
    );
    const text = `Left out here; it is written as ${field.name}: {${example.join(", ")}}.`;
    return [...remarks, remarkAt(indent, text)];
  }
  if (field.shape === "object") {
    const fields = (value ?? {}) as Json;
    const inner = field.children.flatMap((child) =>
      fieldLines(child, fields[child.name], indent + 1),
    );
    const off = inner.every((line) => line.remark || line.off);
    return [...remarks, { indent, text: `${field.name}:`, remark: false, off }, ...inner];
  }
  if (
    field.shape === "list" &&
    field.children.length > 0 &&
    Array.isArray(value) &&
    value.length > 0
  ) {
    const head = { indent, text: `${field.name}:`, remark: false, off: false };
    return [...remarks, head, ...value.flatMap((item: Json) => itemLines(field, item, indent + 1))];
  }
  const shown = value === undefined ? field.default : value;
  const text = `${field.name}: ${inline(shown)}`;
  return [...remarks, { indent, text, remark: false, off: value === undefined }];
}

/** Whether the field can be written out where a spec leaves it out. */
const hasDefaults = (field: FieldInfo): boolean =>
  field.shape === "object" ? field.children.every(hasDefaults) : field.default !== undefined;

/** One item of a list of objects; the dash goes before the first field that is set, which moves to the front. */
function itemLines(field: FieldInfo, item: Json, indent: number): Line[] {
  const isSet = ({ name }: FieldInfo) => item[name] !== undefined;
  const ordered = [...field.children.filter(isSet), ...field.children.filter((f) => !isSet(f))];
  const lines = ordered.flatMap((child) => fieldLines(child, item[child.name], indent + 1));
  const first = lines.findIndex((line) => !line.remark && !line.off);
  if (first < 0) return [{ indent, text: "- {}", remark: false, off: false }, ...lines];
  const dashed = { ...lines[first]!, indent, text: `- ${lines[first]!.text}` };
  return [...lines.slice(0, first), dashed, ...lines.slice(first + 1)];
}

function describe(field: FieldInfo, indent: number): Line[] {
  const facts = [field.unit, field.range].filter(Boolean).join("; ");
  const end = /[.?!]$/.test(field.description) ? "" : ".";
  const sentence = `${field.description}${end}${facts ? ` [${facts}]` : ""}`;
  return wrap(sentence, WIDTH - 2 - 2 * indent).map((text) => remarkAt(indent, text));
}

const remarkAt = (indent: number, text: string): Line => ({
  indent,
  text,
  remark: true,
  off: false,
});

function rendered({ indent, text, remark, off }: Line): string {
  if (text === "") return "";
  const space = "  ".repeat(indent);
  if (remark) return `${space}# ${text}`;
  return off ? `${space}#${text}` : space + text;
}

const inline = (value: unknown): string =>
  stringify(value, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim();
