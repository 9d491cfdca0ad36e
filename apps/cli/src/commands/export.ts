// minisim export: a recording in the layout of another tool, from a store or straight from a spec.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type ExportSource,
  exportRecording,
  formatNames,
  sourceOfPlan,
  sourceOfStored,
} from "@minisim/interop";
import { availableWorkers } from "@minisim/render";
import { didYouMean } from "@minisim/spec/suggest";
import { openRecording } from "minisim/node";
import { usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { json, lines } from "../print.ts";
import { progressFor } from "../progress.ts";
import { settingsOf } from "../settings.ts";
import { readSpec } from "../spec-file.ts";
import { type Context, printWarnings } from "./context.ts";

export interface ExportOptions {
  readonly to?: string;
  readonly output?: string;
  readonly option: readonly string[];
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed?: number;
  readonly workers?: number;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function exportAs(context: Context, source: string, options: ExportOptions) {
  const { io } = context;
  const { to, output } = options;
  if (to === undefined || output === undefined) {
    throw usageFailure(
      "export needs --to FORMAT and -o PATH; without a recording it lists formats.",
    );
  }
  if (!formatNames.includes(to as never)) {
    throw usageFailure(
      `--to ${to}: there is no such format.${didYouMean(to, formatNames)} The formats are ${formatNames.join(", ")}.`,
    );
  }
  const settings = await settingsOf("--option", options.option);
  const progress = progressFor(context, options);
  try {
    progress.label("preparing …");
    const recording = await sourceOf(context, source, options);
    await exportRecording(recording, to, resolve(io.cwd, output), {
      settings,
      signal: io.signal,
      onProgress: progress.frames,
      inputs: [resolve(io.cwd, source)],
      force: options.force,
    });
  } finally {
    progress.clear();
  }
  if (options.json) json(io, { path: output, format: to });
  else if (!options.quiet) lines(io, [output]);
}

async function sourceOf(
  context: Context,
  source: string,
  { set, plugin, seed, workers = availableWorkers(), quiet }: ExportOptions,
): Promise<ExportSource> {
  const { io } = context;
  const simulator = await simulatorWith(plugin, io.cwd);
  const path = resolve(io.cwd, source);
  if (existsSync(join(path, "zarr.json"))) {
    if (set.length > 0 || seed !== undefined) {
      throw usageFailure("--set and --seed change a spec; this is a recording already.");
    }
    return sourceOfStored(await openRecording(path, { simulator }));
  }
  const all = [...set, ...(seed === undefined ? [] : [`seed=${seed}`])];
  const { spec, warnings } = await readSpec({
    source,
    set: all,
    cwd: io.cwd,
    simulator,
    signal: io.signal,
  });
  if (!quiet) printWarnings(context, warnings);
  const plan = simulator.compile(spec, { signal: io.signal });
  return sourceOfPlan(plan, simulator.Spec.cacheKey(spec), { workers, signal: io.signal });
}
