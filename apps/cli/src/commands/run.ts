// minisim run: a pipeline whole on a recording, its results and their score in a folder.
import { resolve } from "node:path";
import { readEstimate } from "@minisim/interop";
import {
  checkPublish,
  type FinishedRun,
  keyOfRun,
  loadAdapter,
  type PreparedPipeline,
  preparePipeline,
  publishedRun,
  publishRun,
  type RunDocument,
  runPipeline,
} from "@minisim/pipelines";
import { type Report, score } from "@minisim/scoring";
import { openCache } from "@minisim/sweep/node";
import type { Simulator } from "minisim";
import type { StoredRecording } from "minisim/node";
import { checkRoom, memoryOf } from "../cost.ts";
import { usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { json, lines } from "../print.ts";
import { progressFor } from "../progress.ts";
import { readContextOf } from "../scoring/read-context.ts";
import { settingsOf } from "../settings.ts";
import { readSpec } from "../spec-file.ts";
import { storedAt } from "../stored.ts";
import { type Context, printWarnings } from "./context.ts";
import { stagesOf } from "./run-progress.ts";
import { scoreLines } from "./score.ts";

export interface RunCommandOptions {
  readonly output?: string;
  readonly set: readonly string[];
  readonly python?: string;
  readonly score: boolean;
  readonly again?: boolean;
  readonly resume?: boolean;
  readonly force?: boolean;
  readonly cache?: string;
  readonly workers?: number;
  readonly yes?: boolean;
  readonly plugin: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function run(
  context: Context,
  pipeline: string,
  source: string,
  options: RunCommandOptions,
) {
  const { io } = context;
  const { output, force, python } = options;
  if (output === undefined) throw usageFailure("run needs -o FOLDER.");
  const adapter = await loadAdapter(pipeline, { cwd: io.cwd });
  const simulator = await simulatorWith(options.plugin, io);
  const cache = openCache(options.cache && resolve(io.cwd, options.cache), { simulator });
  const prepared = await preparePipeline(adapter, {
    parameters: await parametersIn(options.set),
    cache,
    python: python !== undefined && /[/\\]/.test(python) ? resolve(io.cwd, python) : python,
    env: io.env,
  });
  const path = resolve(io.cwd, output);
  const publishing = { force, inputs: [resolve(io.cwd, source), adapter.folder] };
  context.left = () => "what was finished, packages and simulated recordings, is in the cache.";
  const given = await recordingOf(context, source, prepared, simulator, options);
  try {
    const { recording, key } = given;
    const standing = options.resume ? await publishedRun(path) : undefined;
    const isThere = standing?.key === keyOfRun(prepared, key);
    if (!isThere) await checkPublish(path, publishing);
    const stages = stagesOf(context, adapter.name, options);
    const finished = await runPipeline(prepared, {
      recording,
      recordingKey: key,
      again: options.again,
      signal: io.signal,
      onProgress: stages.show,
    }).finally(stages.clear);
    try {
      const report = options.score ? await scored(finished, recording) : undefined;
      const more = report && { "score.json": `${JSON.stringify(report, null, 2)}\n` };
      if (!isThere) await publishRun(finished, path, more ?? {}, publishing);
      print(context, { output, source }, finished.document, report, finished.hit, options);
    } finally {
      await finished.release();
    }
  } finally {
    await given.release();
  }
}

async function parametersIn(set: readonly string[]): Promise<Record<string, unknown>> {
  const dotted = set.find((word) => word.slice(0, word.indexOf("=")).includes("."));
  if (dotted === undefined) return settingsOf("--set", set);
  throw usageFailure(
    `--set ${dotted}: here it sets parameters of the pipeline; a spec is changed by minisim simulate --set.`,
  );
}

interface Given {
  readonly recording: StoredRecording;
  readonly key: string;
  release(): Promise<void>;
}

/** The store, or the spec's recording from the cache, simulated where it is not there. */
async function recordingOf(
  context: Context,
  source: string,
  { cache }: PreparedPipeline,
  simulator: Simulator,
  options: RunCommandOptions,
): Promise<Given> {
  const { signal, cwd } = context.io;
  const stored = await storedAt(source, { set: [], cwd, simulator });
  if (stored) {
    return { recording: stored, key: stored.attributes.cache_key, release: async () => {} };
  }
  const { workers, quiet, yes } = options;
  const { spec, warnings } = await readSpec({ source, cwd, simulator, signal });
  if (!quiet) printWarnings(context, warnings);
  if (!yes)
    await checkRoom({ memory_bytes: memoryOf(spec, simulator, workers ?? 1) }, cache.folder);
  const progress = progressFor(context, options);
  const cached = await cache
    .get(spec, { signal, onProgress: progress.frames, ...(workers !== undefined && { workers }) })
    .finally(progress.clear);
  const { recording, cache_key, release } = cached;
  return { recording, key: cache_key, release };
}

async function scored(
  { result, document }: FinishedRun,
  recording: StoredRecording,
): Promise<Report> {
  const estimate = await readEstimate(result, {
    format: document.result.format,
    recording: await readContextOf(recording),
  });
  const source = `the results of ${document.pipeline.name}`;
  const truth = await recording.truth();
  return score({ ...estimate, source }, truth, { fps: recording.spec.acquisition.fps });
}

function print(
  context: Context,
  { output, source }: { readonly output: string; readonly source: string },
  document: RunDocument,
  report: Report | undefined,
  reused: boolean,
  options: RunCommandOptions,
): void {
  const { io, out } = context;
  if (options.json) json(io, { path: output, reused, run: document, score: report });
  if (options.json || options.quiet) return;
  const { pipeline, seconds } = document;
  const how = reused ? "found in the cache" : `ran ${Math.round(seconds.pipeline)} s`;
  const title = `${pipeline.name} ${pipeline.version} on ${source}`;
  lines(io, [
    ...(report ? scoreLines(context, title, report) : [out.bold(title)]),
    `${output}  ${out.dim(how)}`,
  ]);
}
