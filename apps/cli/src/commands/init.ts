// minisim init: a commented spec to start from.

import { resolve } from "node:path";
import { sealText, writeSmallFile } from "@minisim/output";
import { SPEC_VERSION } from "@minisim/spec";
import { didYouMean } from "@minisim/spec/suggest";
import { preset, presetNames, presets, Spec } from "minisim";
import { usageFailure } from "../failure.ts";
import { columns, json, lines, wrap } from "../print.ts";
import { specTemplate } from "../template.ts";
import type { Context } from "./context.ts";

export interface InitOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export async function init(context: Context, name: string | undefined, options: InitOptions) {
  if (name === undefined) listPresets(context, options);
  else await writePreset(context, name, options);
}

/** What spec files are sealed as. */
const KIND = "spec";

async function writePreset(
  { io, err }: Context,
  name: string,
  { output, force, json: asJson }: InitOptions,
) {
  const written = preset(name);
  if (!written) {
    throw usageFailure(
      `there is no preset "${name}".${didYouMean(name, presetNames)} The presets are ${presetNames.join(", ")}.`,
    );
  }
  // So that a later edition knows which one it was written for.
  const spec = { spec_version: SPEC_VERSION, ...written };
  const text = asJson
    ? `${JSON.stringify(spec, null, 2)}\n`
    : specTemplate(spec, Spec.jsonSchema(), `Minisim spec, from the preset ${name}.`);
  if (output === undefined) {
    io.stdout.write(text);
    return;
  }
  // JSON has no comments, so nothing says that such a file is ours, and it is never replaced.
  const sealed = asJson ? text : sealText(text, KIND, "yaml");
  await writeSmallFile(resolve(io.cwd, output), sealed, { kind: KIND, force });
  io.stderr.write(`${err.dim("wrote")} ${output}\n`);
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
