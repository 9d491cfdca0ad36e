// A page for each step: its README, and what its definition says of itself.
import { fieldsOf, stepSchema } from "@minisim/spec/fields";
import { builtinSteps, preset, presetNames, Spec, type StepDefinition } from "minisim";
import { stringify } from "yaml";
import { fieldsText } from "./fields.ts";
import { type Found, siteLinks } from "./links.ts";
import type { Page } from "./page.ts";
import { block, code, plain, sentence, table, withoutTitle } from "./prose.ts";
import { isThere, textOf } from "./repository.ts";

const steps = builtinSteps as readonly StepDefinition[];

export const stepPages = (found: Found): Page[] => steps.map((step) => stepPage(step, found));

/** A row of what there is, for the page of the model. */
export const stepTable = (): string =>
  table(
    ["step", "acts on", "what it does"],
    steps.map(({ kind, domain, summary }) => [
      `[${code(kind)}](/steps/${kind}.md)`,
      domain,
      plain(summary),
    ]),
  );

function stepPage(step: StepDefinition, found: Found): Page {
  const { kind, domain, revision, summary, sources, truth = {} } = step;
  const readme = readmeOf(kind);
  const { body } = withoutTitle(siteLinks(textOf(readme), readme, found));
  const stage = step.stage ?? kind;
  const place = [
    `${domain} step, ${steps.indexOf(step) + 1} of ${steps.length}`,
    `revision ${revision}`,
    `package <code>@minisim/step-${kind.replaceAll("_", "-")}</code>`,
    ...(stage === kind ? [] : [`its stage is called <code>${stage}</code>`]),
  ];
  const text = [
    `# ${code(kind)}`,
    `<p class="facts">${place.join('<span aria-hidden="true"> · </span>')}</p>`,
    body,
    "## Parameters",
    fieldsText(fieldsOf(stepSchema(Spec.jsonSchema(), kind) ?? {}), 3),
    ...(Object.keys(truth).length > 0 ? ["## Ground truth", truthTable(truth)] : []),
    "## In the presets",
    presetsText(kind),
    ...(sources.length > 0
      ? ["## Sources", sources.map((source) => `- ${plain(source)}`).join("\n")]
      : []),
  ];
  return { path: `steps/${kind}.md`, title: kind, description: summary, text: text.join("\n\n") };
}

const truthTable = (truth: NonNullable<StepDefinition["truth"]>): string =>
  table(
    ["field", "dimensions", "unit", "what it is"],
    Object.entries(truth).map(([name, { dims, unit, description }]) => [
      code(name),
      dims.join(" × ") || "one number",
      unit === "1" ? "" : plain(unit),
      plain(sentence(description)),
    ]),
  );

/** What the presets say of it, where several say the same together. */
function presetsText(kind: string): string {
  const said = new Map<string, string[]>();
  for (const name of presetNames) {
    const step = preset(name)!.steps.find((one) => one.kind === kind);
    if (step) said.set(stringify([step]), [...(said.get(stringify([step])) ?? []), name]);
  }
  if (said.size === 0) return "No preset has it.";
  return [...said]
    .map(([yaml, names]) => `${names.map(code).join(", ")}:\n\n${block("yaml", yaml)}`)
    .join("\n\n");
}

export const readmeOf = (kind: string): string => {
  const path = `packages/steps/${kind.replaceAll("_", "-")}/README.md`;
  if (!isThere(path)) throw new Error(`The step ${kind} has no README at ${path}.`);
  return path;
};
