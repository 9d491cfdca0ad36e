// minisim export: a recording in the layout of another tool, from a store or straight from a spec.

import { resolve } from "node:path";
import { checkExport, exportRecording, formatNames, formatOfPath } from "@minisim/interop";
import type { Recorded } from "@minisim/recording";
import { availableWorkers } from "@minisim/render";
import { BYTES_PER_PIXEL } from "@minisim/spec";
import { didYouMean } from "@minisim/spec/suggest";
import { liveRecording, measureFrames, withClippingWarnings } from "minisim";
import { type Cost, checkRoom, memoryOf, printCost, printDryRun } from "../cost.ts";
import { usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { json, lines } from "../print.ts";
import { progressFor } from "../progress.ts";
import { settingsOf } from "../settings.ts";
import { readSpec } from "../spec-file.ts";
import { storedAt } from "../stored.ts";
import { type Context, printWarnings, withWarningsOf } from "./context.ts";

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
    const { recording, cost } = await prepare(context, source, options, path);
    progress.clear();
    if (path === undefined || options.dryRun) return printDryRun(context, cost, options.json);
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

interface Prepared {
  readonly recording: Recorded;
  readonly cost: Cost;
}

async function prepare(
  context: Context,
  source: string,
  { set, plugin, seed, workers = availableWorkers(), quiet, dryRun, yes }: ExportOptions,
  output: string | undefined,
): Promise<Prepared> {
  const { io } = context;
  const { signal, cwd } = io;
  const simulator = await simulatorWith(plugin, io);
  const stored = await storedAt(source, { set, seed, cwd, simulator });
  if (stored) {
    const cost = { ...sizeOf(stored), memory_bytes: null, seconds: null };
    return { recording: stored, cost };
  }
  const { spec, warnings } = await readSpec({ source, set, seed, cwd, simulator, signal });
  const memory_bytes = memoryOf(spec, simulator, workers);
  if (output !== undefined && !dryRun && !yes) await checkRoom({ memory_bytes }, output);
  const plan = await withClippingWarnings(simulator.compile(spec, { signal }), { signal });
  if (!quiet) printWarnings(context, withWarningsOf(warnings, plan.warnings));
  const recording = liveRecording(plan, { workers, signal });
  const { seconds: frame_s } = await measureFrames(plan, { signal });
  const size = sizeOf(recording);
  const seconds = (size.frames * frame_s) / Math.max(1, Math.min(workers, availableWorkers()));
  return { recording, cost: { ...size, memory_bytes, seconds } };
}

/** Of the movie as it is before any compression: which formats compress, and how well, is theirs. */
function sizeOf({ shape: [frames, height, width], container }: Recorded) {
  return { frames, disk_bytes: frames * height * width * BYTES_PER_PIXEL[container] };
}
