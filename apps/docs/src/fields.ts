// Parameters as Markdown: each with its default, unit, range, meaning and source. All of it comes from the JSON Schema.
import type { FieldInfo } from "@minisim/spec/fields";
import { code, plain, sentence } from "./prose.ts";

/** `level`: of the headings. `prefix`: the path to the fields, with its dot. */
export function fieldsText(fields: readonly FieldInfo[], level: number, prefix = ""): string {
  return fields.map((field) => fieldText(field, fields, level, prefix)).join("\n\n");
}

function fieldText(
  field: FieldInfo,
  siblings: readonly FieldInfo[],
  level: number,
  prefix: string,
): string {
  const { name, description, source, children, shape } = field;
  const path = `${prefix}${name}`;
  const inside = shape === "list" ? `${path}[].` : `${path}.`;
  const parts = [
    `${"#".repeat(level)} ${code(path)}`,
    `<p class="facts">${facts(field)}</p>`,
    plain(sentence(description)),
    ...(source ? [`<div class="source">\n\nSource: ${plain(sentence(source))}\n\n</div>`] : []),
  ];
  if (children.length === 0) return parts.join("\n\n");
  const names = new Set(siblings.map((one) => one.name));
  const same = children.every((child) => names.has(child.name));
  return [
    ...parts,
    same ? "Each item has the fields of this step." : fieldsText(children, level, inside),
  ].join("\n\n");
}

function facts({ default: value, unit, range, children, shape }: FieldInfo): string {
  const written = JSON.stringify(value);
  const shown =
    children.length > 0 && shape === "object"
      ? ""
      : written === undefined
        ? "required"
        : `default <code>${asHtml(written.length > 160 ? "…" : written)}</code>`;
  return [shown, asHtml(unit), asHtml(range)]
    .filter(Boolean)
    .join('<span aria-hidden="true"> · </span>');
}

const asHtml = (text: string): string =>
  text.replace(/[&<>{}]/g, (letter) => `&#${letter.charCodeAt(0)};`);
