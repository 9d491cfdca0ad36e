// It says what it is: revision, summary, sources; of each parameter what it means.
import { isNumber, type JsonSchema, jsonSchemaOf } from "../json-schema.ts";
import { promise, type Subject, sentences } from "../promise.ts";

export function describesItself({ step }: Subject): void {
  promise("has a revision, a summary and sources", () =>
    sentences(
      !(Number.isInteger(step.revision) && step.revision >= 1) &&
        `revision is a whole number from 1 on (got ${step.revision}).`,
      !/^[a-z][a-z0-9_]*$/.test(step.kind) &&
        `kind is words in lower case with _ between them (got "${step.kind}").`,
      step.summary === "" && "summary is empty: say in one sentence what the step does.",
      step.sources.length === 0 &&
        'sources is empty: name where the numbers come from, or say "estimate" and why.',
    ),
  );

  promise("every parameter has a description, and every number a unit", () => {
    const undescribed: string[] = [];
    const visit = (node: JsonSchema, path: string) => {
      for (const [name, field] of Object.entries(node.properties ?? {})) {
        const at = `${path}.${name}`;
        if (!field.description) undescribed.push(`Parameter ${at} has no description.`);
        if (isNumber(field) && !field.unit) {
          undescribed.push(`Parameter ${at} is a number and has no unit ("1" for a plain number).`);
        }
        visit(field, at);
      }
      for (const part of [node.items, ...(node.anyOf ?? [])]) if (part) visit(part, path);
    };
    visit(jsonSchemaOf(step.params), step.kind);
    return undescribed;
  });
}
