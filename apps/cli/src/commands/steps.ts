// minisim steps: the effects there are, and the parameters of one.

import type { StepDefinition } from "@minisim/pipeline";
import { type FieldInfo, fieldsOf, stepSchema } from "@minisim/spec/fields";
import { didYouMean } from "@minisim/spec/suggest";
import type { Simulator } from "minisim";
import { usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { columns, json, lines, wrap } from "../print.ts";
import type { Context } from "./context.ts";

export interface StepsOptions {
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

export async function steps(context: Context, kind: string | undefined, options: StepsOptions) {
  const simulator = await simulatorWith(options.plugin, context.io);
  if (kind === undefined) return listSteps(context, simulator, options);
  const kinds = simulator.steps.map((step) => step.kind);
  const step = simulator.steps[kinds.indexOf(kind)];
  if (!step) {
    throw usageFailure(
      `there is no step "${kind}".${didYouMean(kind, kinds)} The steps are ${kinds.join(", ")}.`,
    );
  }
  return showStep(context, simulator, step, options);
}

function listSteps({ io, out }: Context, simulator: Simulator, { json: asJson }: StepsOptions) {
  if (asJson) {
    return json(
      io,
      simulator.steps.map(({ kind, revision, domain, summary }) => ({
        kind,
        revision,
        domain,
        summary,
      })),
    );
  }
  const rows = simulator.steps.map(({ kind, domain, summary }) => [
    out.cyan(kind),
    out.dim(domain),
    summary,
  ]);
  lines(io, [
    out.bold("Steps, in the order in which they act"),
    ...columns(rows, "  "),
    "",
    `${out.dim("Parameters of one:")} minisim steps ${simulator.steps[0]?.kind ?? "KIND"}`,
  ]);
}

function showStep(
  { io, out }: Context,
  simulator: Simulator,
  step: StepDefinition,
  { json: asJson }: StepsOptions,
) {
  const schema = stepSchema(simulator.Spec.jsonSchema(), step.kind) ?? {};
  const { kind, revision, domain, summary, sources, truth = {} } = step;
  const stage = step.stage ?? kind;
  const order = simulator.steps.indexOf(step) + 1;
  if (asJson) {
    return json(io, {
      kind,
      revision,
      domain,
      stage,
      order,
      summary,
      sources,
      truth,
      params: schema,
    });
  }
  const place = `${domain} step, ${order} of ${simulator.steps.length}, revision ${revision}`;
  const stageNote = stage === kind ? "" : `; its stage is called "${stage}"`;
  lines(io, [
    `${out.bold(out.cyan(kind))}  ${out.dim(place + stageNote)}`,
    ...wrap(summary, 96).map((line) => `  ${line}`),
    "",
    out.bold("Parameters"),
    ...fieldLines(fieldsOf(schema), out, "  "),
    ...section(
      out.bold("Ground truth"),
      Object.entries(truth).map(([name, { dims, unit, description }]) => [
        out.cyan(name),
        `${dims.join(" × ")}${unit === "1" ? "" : `, ${unit}`}`,
        description,
      ]),
    ),
    ...section(
      out.bold("Sources"),
      sources.map((source) => [source]),
    ),
  ]);
}

function section(title: string, rows: string[][]): string[] {
  return rows.length === 0 ? [] : ["", title, ...columns(rows, "  ")];
}

function fieldLines(fields: readonly FieldInfo[], out: Context["out"], indent: string): string[] {
  return fields.flatMap((field) => {
    const { name, unit, range, description, source, children } = field;
    const value =
      children.length > 0 && field.shape === "object" ? "" : JSON.stringify(field.default);
    const facts = [unit, range].filter(Boolean).join(", ");
    return [
      `${indent}${out.cyan(name)}  ${value ?? out.dim("required")}${facts ? out.dim(`  [${facts}]`) : ""}`,
      ...wrap(description, 96 - indent.length).map((line) => `${indent}    ${line}`),
      ...wrap(source, 88 - indent.length).map(
        (line, i) => `${indent}    ${out.dim(i === 0 ? `source: ${line}` : `        ${line}`)}`,
      ),
      ...(sameAs(children, fields)
        ? [`${indent}    ${out.dim("each item has the fields of this step")}`]
        : fieldLines(children, out, `${indent}    `)),
    ];
  });
}

/** A list whose items have the same fields as their surroundings (populations of place_neurons) need not repeat them. */
function sameAs(children: readonly FieldInfo[], fields: readonly FieldInfo[]): boolean {
  const names = new Set(fields.map(({ name }) => name));
  return children.length > 0 && children.every(({ name }) => names.has(name));
}
