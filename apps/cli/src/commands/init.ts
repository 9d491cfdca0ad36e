// minisim init: a commented spec to start from.

import { resolve } from "node:path";
import { sealText, writeSmallFile } from "@minisim/output";
import { SPEC_VERSION } from "@minisim/spec";
import { didYouMean } from "@minisim/spec/suggest";
import { builtinSteps, preset, presetNames, presets, type Simulator } from "minisim";
import { usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { columns, json, lines, wrap } from "../print.ts";
import { specTemplate } from "../template.ts";
import type { Context } from "./context.ts";

export interface InitOptions {
  /** Kinds of steps. */
  readonly add: readonly string[];
  readonly plugin: readonly string[];
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export async function init(context: Context, name: string | undefined, options: InitOptions) {
  if (name !== undefined) return writePreset(context, name, options);
  if (options.add.length > 0) {
    throw usageFailure(
      `--add adds to a preset: name one, as in minisim init ${presetNames[0]} --add ${options.add[0]}.`,
    );
  }
  return listPresets(context, options);
}

/** What spec files are sealed as. */
const KIND = "spec";

async function writePreset(
  { io, err }: Context,
  name: string,
  { add, plugin, output, force, json: asJson }: InitOptions,
) {
  const simulator = await simulatorWith(plugin, io);
  const written = preset(name);
  const there = written?.steps.map(({ kind }) => kind) ?? [];
  const problems = [
    ...(written
      ? []
      : [
          `there is no preset "${name}".${didYouMean(name, presetNames)} The presets are ${presetNames.join(", ")}.`,
        ]),
    ...problemsWith(add, there, name, simulator),
  ];
  if (!written || problems.length > 0) throw usageFailure(problems.join("\nerror: "));
  const steps = withSteps(written.steps, add, simulator);
  // So that a later edition knows which one it was written for.
  const spec = { spec_version: SPEC_VERSION, ...written, steps };
  const text = asJson
    ? `${JSON.stringify(spec, null, 2)}\n`
    : specTemplate(spec, simulator.Spec.jsonSchema(), titleOf(name, add, plugin, simulator));
  if (output === undefined) {
    io.stdout.write(text);
    return;
  }
  // JSON has no comments, so nothing says that such a file is ours, and it is never replaced.
  const sealed = asJson ? text : sealText(text, KIND, "yaml");
  await writeSmallFile(resolve(io.cwd, output), sealed, { kind: KIND, force });
  io.stderr.write(`${err.dim("wrote")} ${output}\n`);
}

/** A sentence about each step that cannot be added. */
function problemsWith(
  add: readonly string[],
  there: readonly string[],
  name: string,
  { steps }: Simulator,
): string[] {
  const kinds = steps.map(({ kind }) => kind);
  return add.flatMap((kind, i) => {
    if (!kinds.includes(kind)) {
      return [
        `there is no step "${kind}" to add.${didYouMean(kind, kinds)} The steps are ${kinds.join(", ")}; --plugin brings others.`,
      ];
    }
    if (there.includes(kind)) return [`the preset ${name} has the step ${kind} already.`];
    return add.indexOf(kind) < i ? [`--add ${kind} is there twice.`] : [];
  });
}

/** Each new step stands before the first one that acts after it; those that are there stay in their order. */
function withSteps<S extends { readonly kind: string }>(
  there: readonly S[],
  add: readonly string[],
  { steps }: Simulator,
): (S | { readonly kind: string })[] {
  const order = steps.map(({ kind }) => kind);
  const all: (S | { readonly kind: string })[] = [...there];
  for (const kind of add) {
    const next = all.findIndex((one) => order.indexOf(one.kind) > order.indexOf(kind));
    all.splice(next < 0 ? all.length : next, 0, { kind });
  }
  return all;
}

function titleOf(
  name: string,
  add: readonly string[],
  plugins: readonly string[],
  { steps }: Simulator,
): string {
  const builtin = new Set<string>(builtinSteps.map(({ kind }) => kind));
  const others = steps.filter(({ kind }) => add.includes(kind) && !builtin.has(kind));
  const added = add.length > 0 ? `, with ${add.join(", ")}` : "";
  const title = `Minisim spec, from the preset ${name}${added}.`;
  if (others.length === 0) return title;
  const option = plugins.map((plugin) => `--plugin ${plugin}`).join(" ");
  return `${title} Use it with ${option}, which has ${others.map(({ kind }) => kind).join(", ")}.`;
}

function listPresets({ io, out }: Context, { json: asJson }: InitOptions): void {
  const rows = presets;
  if (asJson) {
    json(io, rows);
    return;
  }
  const sources = new Map(rows.map(({ scope, source }) => [scope, source]));
  lines(io, [
    out.bold("Presets"),
    ...columns(
      rows.map(({ name, scope, region }) => [out.cyan(name), `${scope} × ${region}`]),
      "  ",
    ),
    "",
    out.bold("Where the numbers of the scopes come from"),
    ...[...sources].flatMap(([scope, source]) => [
      `  ${scope}`,
      ...wrap(source, 92).map((line) => `    ${out.dim(line)}`),
    ]),
    "",
    `${out.dim("Write one to a file:")} minisim init ${rows[0]!.name} -o spec.yaml`,
  ]);
}
