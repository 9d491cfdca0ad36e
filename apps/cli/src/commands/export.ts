// minisim export: a recording in the layout of another tool, from a store or straight from a spec.

import { resolve } from "node:path";
import { checkExport, exportRecording, formatNames, formatOfPath } from "@minisim/interop";
import { didYouMean } from "@minisim/spec/suggest";
import { checkRoom, printCost, printDryRun } from "../cost.ts";
import { usageFailure } from "../failure.ts";
import { json, lines } from "../print.ts";
import { progressFor } from "../progress.ts";
import { settingsOf } from "../settings.ts";
import type { Context } from "./context.ts";
import { exportSource, forecastExport, prepareExport } from "./export-source.ts";

export interface ExportOptions {
  readonly to?: string;
  readonly output?: string;
  readonly option: readonly string[];
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed?: number;
  readonly workers?: number;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function exportAs(context: Context, source: string, options: ExportOptions) {
  const { io } = context;
  const { output } = options;
  if (output === undefined && (options.to === undefined || !options.dryRun)) {
    throw usageFailure("export needs -o PATH; without a recording it lists formats.");
  }
  const to = options.to ?? (await formatOfPath(output!)).name;
  if (!formatNames.some((name) => name === to)) {
    throw usageFailure(
      `--to ${to}: there is no such format.${didYouMean(to, formatNames)} The formats are ${formatNames.join(", ")}.`,
    );
  }
  const settings = await settingsOf("--option", options.option);
  const path = output === undefined ? undefined : resolve(io.cwd, output);
  const progress = progressFor(context, options);
  const inputs = [resolve(io.cwd, source)];
  if (path !== undefined) await checkExport(to, path, { force: options.force, inputs });
  try {
    progress.label("preparing …");
    const opened = await exportSource(context, source, options);
    if (path === undefined || options.dryRun) {
      const cost = await forecastExport(context, opened, options.quiet);
      progress.clear();
      return printDryRun(context, cost, options.json);
    }
    const { recording, cost } = await prepareExport(context, opened, options, path);
    progress.clear();
    if (!options.yes) await checkRoom(cost, path);
    if (!options.quiet) printCost(context, cost);
    await exportRecording(recording, to, path, {
      settings,
      signal: io.signal,
      onProgress: progress.frames,
      inputs,
      force: options.force,
    });
    progress.clear();
    if (options.json) json(io, { path: output, format: to, estimate: cost });
    else if (!options.quiet) lines(io, [output!]);
  } finally {
    progress.clear();
  }
}
