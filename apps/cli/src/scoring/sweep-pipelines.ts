// The pipelines of a sweep: baselines and commands, and adapters, whose parameters may be axes.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readEstimate } from "@minisim/interop";
import {
  type Adapter,
  builtinNames,
  loadAdapter,
  parameterProblem,
  preparePipeline,
  runPipeline,
} from "@minisim/pipelines";
import { type Estimate, isBaseline } from "@minisim/scoring";
import { didYouMean } from "@minisim/spec/suggest";
import type { ParameterProblem } from "@minisim/sweep";
import type { EvaluateInput, RecordingCache } from "@minisim/sweep/node";
import { type Pipeline, type PipelineInput, pipelineOf } from "./pipelines.ts";
import { readContextOf } from "./read-context.ts";

export type SweepInput = PipelineInput & Pick<EvaluateInput, "cache_key" | "pipeline">;

export interface SweepPipeline extends Omit<Pipeline, "estimate"> {
  readonly adapter?: Adapter;
  estimate(input: SweepInput): Promise<Estimate>;
}

interface Place {
  /** Where the paths of folders start. */
  readonly cwd: string;
  readonly cache: RecordingCache;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @throws Failure for a name that is none; PipelineError for an adapter that is not valid. */
export const sweepPipelines = (names: readonly string[], place: Place): Promise<SweepPipeline[]> =>
  Promise.all(names.map((name) => pipelineAt(name, place)));

async function pipelineAt(name: string, place: Place): Promise<SweepPipeline> {
  const adapters = builtinNames();
  const isKnown = isBaseline(name) || name.includes("=");
  const isAdapter = adapters.includes(name) || existsSync(resolve(place.cwd, name));
  if (isKnown || !isAdapter) return pipelineOf(name, adapters);
  return adapterPipeline(await loadAdapter(name, { cwd: place.cwd }), place);
}

function adapterPipeline(adapter: Adapter, { cache, env }: Place): SweepPipeline {
  const { name, version, sha256, folder, isBuiltin, run } = adapter;
  const program = "script" in run ? join(folder, run.script) : folder;
  return {
    name,
    version: `${name}@${version} ${sha256}`,
    knowsFootprints: false,
    isOurs: false,
    // A folder of somebody else's holds a program, as a command is one.
    ...(!isBuiltin && { command: program }),
    adapter,
    estimate: async ({ recording, cache_key, pipeline, signal }) => {
      const own = Object.entries(pipeline).filter(([key]) =>
        Object.hasOwn(adapter.parameters, key),
      );
      const parameters = Object.fromEntries(own);
      const prepared = await preparePipeline(adapter, { parameters, cache, env });
      const done = await runPipeline(prepared, { recording, recordingKey: cache_key, signal });
      try {
        const { format } = done.document.result;
        const context = await readContextOf(recording);
        const estimate = await readEstimate(done.result, { format, recording: context });
        return { ...estimate, source: `the results of "${name}"` };
      } finally {
        await done.release();
      }
    },
  };
}

/** An axis is of every pipeline that has a parameter of its name, and of one at least. */
export function parameterProblemIn(pipelines: readonly SweepPipeline[]): ParameterProblem {
  const adapters = pipelines.flatMap(({ adapter }) => adapter ?? []);
  const known = [...new Set(adapters.flatMap(({ parameters }) => Object.keys(parameters)))];
  return (name, value) => {
    const having = adapters.filter(({ parameters }) => Object.hasOwn(parameters, name));
    const [message] = having.flatMap((adapter) => parameterProblem(adapter, name, value) ?? []);
    if (message !== undefined) return { ofValue: true, message };
    if (having.length > 0) return undefined;
    const hint =
      didYouMean(name, known) || (known.length > 0 ? ` They are ${known.join(", ")}.` : "");
    return { ofValue: false, message: `no pipeline of this sweep has such a parameter.${hint}` };
  };
}
