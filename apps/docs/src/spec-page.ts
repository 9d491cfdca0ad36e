// The page of what stands in a spec beside its steps.
import { fieldsOf } from "@minisim/spec/fields";
import { Spec } from "minisim";
import { fieldsText } from "./fields.ts";
import type { Page } from "./page.ts";
import { plain, sentence } from "./prose.ts";

export function specPage(): Page {
  const fields = fieldsOf(Spec.jsonSchema()).filter(({ name }) => name !== "steps");
  const parts = fields.flatMap((field) => [
    `## ${field.name}`,
    plain(sentence(field.description)),
    field.children.length > 0
      ? fieldsText(field.children, 3, `${field.name}.`)
      : fieldsText([field], 3),
  ]);
  return {
    path: "spec.md",
    title: "The spec",
    description: "Every field of a spec beside its steps, with unit, range, default and source.",
    text: [
      "# The spec",
      "A spec is a YAML or JSON text, or the same as an object: what was recorded how (`acquisition`), from which `seed`, by which `steps`. Parameters of steps are on [their pages](/model.md).",
      ...parts,
    ].join("\n\n"),
  };
}
