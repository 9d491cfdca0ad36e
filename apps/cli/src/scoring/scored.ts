// Estimates of a recording with their scores, from a file of a pipeline's results or a pipeline by name.
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { readEstimate } from "@minisim/interop";
import type { Recorded } from "@minisim/recording";
import type { Estimate } from "@minisim/scoring";
import { isBaseline, type Report, type ScoreOptions, score } from "@minisim/scoring";
import type { Simulator } from "minisim";
import { pipelineOf } from "./pipelines.ts";
import { readContextOf } from "./read-context.ts";

export interface EstimateRequest {
  /** A path, or a pipeline. */
  readonly source: string;
  readonly cwd: string;
  /** Whose steps the recording's spec uses; the built-in ones where absent. */
  readonly simulator?: Simulator;
  readonly format?: string;
  /** Of the format that is read. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface Scored {
  /** For legends: the file's name or the pipeline's. */
  readonly name: string;
  readonly knowsFootprints: boolean;
  readonly estimate: Estimate;
  readonly report: Report;
}

export async function scored(
  recording: Recorded,
  recordingPath: string,
  request: EstimateRequest,
  options: ScoreOptions,
  signal: AbortSignal,
): Promise<Scored> {
  const found = await estimateOf(recording, recordingPath, request, signal);
  const { fps } = recording.spec.acquisition;
  return { ...found, report: score(found.estimate, await recording.truth(), { fps, ...options }) };
}

async function estimateOf(
  recording: Recorded,
  recordingPath: string,
  { source, cwd, simulator, format, settings }: EstimateRequest,
  signal: AbortSignal,
): Promise<Omit<Scored, "report">> {
  const path = resolve(cwd, source);
  const isPipeline = !existsSync(path) && (isBaseline(source) || source.includes("="));
  if (isPipeline) {
    const { name, knowsFootprints, estimate } = pipelineOf(source);
    const input = { recording, path: recordingPath, simulator, signal };
    return { name, knowsFootprints, estimate: await estimate(input) };
  }
  const estimate = await readEstimate(path, {
    settings,
    recording: await readContextOf(recording),
    ...(format !== undefined && { format }),
  });
  return { name: basename(path), knowsFootprints: false, estimate };
}
