// minisim run without a recording: which pipelines there are, and what can be set of one.
import { type Adapter, builtinNames, loadAdapter, rangeInWords } from "@minisim/pipelines";
import { columns, json, lines, wrap } from "../print.ts";
import type { Context } from "./context.ts";

const WIDTH = 96;

interface ListOptions {
  readonly json?: boolean;
}

export async function listPipelines({ io, out }: Context, { json: asJson }: ListOptions) {
  const adapters = await Promise.all(builtinNames().map((name) => loadAdapter(name)));
  if (asJson) return json(io, adapters.map(described));
  lines(io, [
    out.bold("Pipelines"),
    ...columns(
      adapters.map(({ name, version, summary }) => [out.cyan(name), version, summary]),
      "  ",
    ),
    "",
    "minisim run NAME lists its parameters. A folder with a pipeline.yaml is a pipeline too.",
  ]);
}

export async function describePipeline(
  { io, out }: Context,
  source: string,
  { json: asJson }: ListOptions,
) {
  const adapter = await loadAdapter(source, { cwd: io.cwd });
  if (asJson) return json(io, described(adapter));
  const { title, version, summary, writes, parameters } = adapter;
  const reads = "baseline" in adapter.run ? "the recording" : adapter.reads;
  const rows = Object.entries(parameters).flatMap(([name, parameter]) => [
    `  ${out.cyan(name)}  ${out.dim(`${rangeInWords(parameter)}; default ${parameter.default}`)}`,
    ...wrap(parameter.meaning, WIDTH).map((line) => `      ${line}`),
  ]);
  lines(io, [
    `${out.bold(title)} ${version}`,
    ...wrap(summary, WIDTH),
    `${out.dim("reads")} ${reads}  ${out.dim("writes")} ${writes.format}  ${out.dim("runs")} ${wayInWords(adapter)}`,
    "",
    ...(rows.length === 0 ? ["It has no parameters."] : [out.bold("Parameters"), ...rows]),
  ]);
}

function wayInWords({ run }: Adapter): string {
  if ("baseline" in run) return "in this program";
  if ("command" in run) return run.command.join(" ");
  const how = run.requirements === undefined ? "an environment of yours" : "packages in the cache";
  return `Python ${run.python}, ${how}`;
}

/** Without what is of this machine. */
function described({ folder: _, isBuiltin: __, ...adapter }: Adapter) {
  return adapter;
}
