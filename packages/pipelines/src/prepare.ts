// A pipeline with its parameters and its environment, before there is a recording.
import type { RecordingCache } from "@minisim/sweep/node";
import type { Adapter } from "./adapter.ts";
import { type Environment, environmentOf } from "./environment.ts";
import { PipelineError } from "./error.ts";
import { keyOf } from "./key.ts";
import { parametersOf, type Values } from "./parameters.ts";

export interface PrepareOptions {
  /** Those that are not at their defaults. */
  readonly parameters?: Values | undefined;
  readonly cache: RecordingCache;
  /** The Python of an environment that the user has made; in place of one of the cache. */
  readonly python?: string | undefined;
  /** Of the programs that are run; that of this process where absent. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A pipeline with its parameters and environment, ready for any recording. */
export interface PreparedPipeline {
  readonly adapter: Adapter;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Absent for a pipeline that is not of Python. */
  readonly environment: Environment | undefined;
  readonly cache: RecordingCache;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Finds all that can be wrong before anything runs. @throws PipelineError "settings", "environment". */
export async function preparePipeline(
  adapter: Adapter,
  { parameters = {}, cache, python, env = process.env }: PrepareOptions,
): Promise<PreparedPipeline> {
  const prepared = { adapter, parameters: parametersOf(adapter, parameters), cache, env };
  const { run } = adapter;
  if ("python" in run) {
    return { ...prepared, environment: await environmentOf(adapter, run, { cache, python, env }) };
  }
  if (python === undefined) return { ...prepared, environment: undefined };
  const problem = `${adapter.name} runs without Python, so --python says nothing to it.`;
  throw new PipelineError("settings", [problem]);
}

/** The same for what gives the same results: recording, pipeline, version, adapter, parameters, environment. */
export function keyOfRun(
  { adapter, parameters, environment }: PreparedPipeline,
  recordingKey: string,
): string {
  const { name, version, sha256 } = adapter;
  const identity = environment?.identity ?? null;
  return keyOf(["run", recordingKey, name, version, sha256, parameters, identity]);
}
