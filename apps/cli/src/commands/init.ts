// minisim init: a commented spec to start from.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { preset, presetNames, regions, Spec, scopes } from "minisim";
import { Failure, systemSentence, usageFailure } from "../failure.ts";
import { columns, json, lines } from "../print.ts";
import { didYouMean } from "../similar.ts";
import { specTemplate } from "../template.ts";
import type { Context } from "./context.ts";

export interface InitOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function init(context: Context, name: string | undefined, options: InitOptions): void {
  if (name === undefined) listPresets(context, options);
  else writePreset(context, name, options);
}

function writePreset(
  { io, err }: Context,
  name: string,
  { output, force, json: asJson }: InitOptions,
) {
  const spec = preset(name);
  if (!spec) {
    throw usageFailure(
      `there is no preset "${name}".${didYouMean(name, presetNames())} The presets are ${presetNames().join(", ")}.`,
    );
  }
  const text = asJson
    ? `${JSON.stringify(spec, null, 2)}\n`
    : specTemplate(spec as never, Spec.jsonSchema(), `Minisim spec, from the preset ${name}.`);
  if (output === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    writeFileSync(resolve(io.cwd, output), text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const hint =
      (error as NodeJS.ErrnoException).code === "EEXIST" ? " Use --force to replace it." : "";
    const sentence = systemSentence(error, output) ?? (error as Error).message;
    throw new Failure(`${sentence}${hint}`, 1, { cause: error });
  }
  io.stderr.write(`${err.dim("wrote")} ${output}\n`);
}

function listPresets({ io, out }: Context, { json: asJson }: InitOptions): void {
  const rows = presetNames().map((name) => {
    const [scope, region] = name.split("/") as [keyof typeof scopes, keyof typeof regions];
    return { name, scope: scopes[scope].title, region: regions[region].title };
  });
  if (asJson) {
    json(io, rows);
    return;
  }
  lines(io, [
    out.bold("Presets"),
    ...columns(
      rows.map(({ name, scope, region }) => [out.cyan(name), `${scope} × ${region}`]),
      "  ",
    ),
    "",
    `${out.dim("Write one to a file:")} minisim init ${rows[0]!.name} -o spec.yaml`,
  ]);
}
