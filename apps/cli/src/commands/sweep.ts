// minisim sweep: simulate every point of a grid, score pipelines on it, and keep one table.
import { dirname, resolve } from "node:path";
import type { Shard } from "@minisim/output";
import type { ScoreOptions } from "@minisim/scoring";
import { isMinisimError, type SpecInput } from "@minisim/spec";
import {
  type EvaluateInput,
  loadSweepFile,
  openCache,
  type RunProgress,
  runSweep,
  runSweepShard,
} from "@minisim/sweep/node";
import { formatIssue, type Simulator } from "minisim";
import { checkRoom, printCost } from "../cost.ts";
import { Failure, usageFailure } from "../failure.ts";
import { fileReaderIn } from "../file-values.ts";
import { applyOverrides } from "../override.ts";
import { simulatorWith } from "../plugins.ts";
import { columnTypes, evaluationsOf, scoredPoint } from "../scoring/sweep-evaluations.ts";
import {
  parameterProblemIn,
  type SweepPipeline,
  sweepPipelines,
} from "../scoring/sweep-pipelines.ts";
import { causeOf } from "../spec-file.ts";
import { sizeOf } from "./cache.ts";
import type { Context } from "./context.ts";
import { noteProgress, takeShard } from "./shard-options.ts";
import { printSweepCost, sweepCost } from "./sweep-cost.ts";
import { reportSweep, reportSweepShard, tagsOf } from "./sweep-report.ts";

export interface SweepCommandOptions {
  readonly output?: string;
  readonly set: readonly string[];
  readonly resume?: boolean;
  readonly shard?: Shard;
  readonly finish?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly allowCommands?: boolean;
  readonly cache?: string;
  readonly cacheSize?: string;
  readonly workers?: number;
  readonly pipeline: readonly string[];
  readonly plugin: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Returns the exit code: 1 when points failed. */
export async function sweep(
  context: Context,
  source: string,
  options: SweepCommandOptions,
): Promise<number> {
  const { io } = context;
  takeShard(context, options);
  const { simulator, cache, document, listed, pipelines } = await opened(context, source, options);
  const { file, sweep: points } = document;
  const scoring = (file.score ?? {}) as ScoreOptions;
  const { workers } = options;
  const evaluate = (input: EvaluateInput, some: readonly SweepPipeline[]) =>
    scoredPoint(input, simulator, some, scoring);
  const cost = () => sweepCost(points, { pipelines, evaluate, cache, workers, signal: io.signal });
  if (options.dryRun) {
    printSweepCost(context, await cost(), pipelines, options.json);
    return 0;
  }
  if (options.output === undefined) throw usageFailure("sweep needs -o DIR, or --dry-run.");
  checkCommands(source, listed, options);
  const folder = resolve(io.cwd, options.output);
  // What is left of an earlier run, or to other shards, is not known before its points are read.
  const estimate = options.resume || options.shard ? undefined : await unlessPointsFail(cost());
  if (estimate && !options.yes) await checkRoom(estimate, cache.folder);
  if (estimate && !options.quiet) printCost(context, estimate);
  const again = options.shard ? "the same command" : "--resume";
  context.left = () =>
    `points that were finished are in ${options.output}: ${again} goes on with them.`;
  const watch = progressOf(context, options);
  const run = {
    folder,
    parts: "cells",
    evaluator: JSON.stringify(scoring),
    types: columnTypes(pipelines),
    cache,
    signal: io.signal,
    onProgress: (progress: RunProgress) => {
      if (options.shard && progress.kind === "point" && !progress.reused) noteProgress(context);
      watch.report(progress);
    },
    ...(workers !== undefined && { workers }),
  };
  const evaluations = evaluationsOf(pipelines, evaluate);
  try {
    if (options.shard) {
      const { shard } = options;
      const done = await runSweepShard(points, evaluations, { ...run, shard });
      watch.clear();
      return await reportSweepShard(context, done, { ...options, shard, folder });
    }
    const result = await runSweep(points, evaluations, {
      ...run,
      ...(options.resume && { resume: true }),
    });
    watch.clear();
    return reportSweep(context, result, { ...options, estimate });
  } finally {
    watch.clear();
  }
}

/** @throws Failure that lists what is wrong with a sweep file, or the commands in it that nobody has asked for. */
export async function checkSweep(
  context: Context,
  source: string,
  options: Opening & Pick<SweepCommandOptions, "allowCommands">,
): Promise<void> {
  const { listed } = await opened(context, source, options);
  checkCommands(source, listed, options);
}

type Opening = Pick<SweepCommandOptions, "set" | "pipeline" | "plugin" | "cache" | "cacheSize">;

/** The sweep file, with what its points and pipelines need. */
async function opened(context: Context, source: string, options: Opening) {
  const { io } = context;
  const simulator = await simulatorWith(options.plugin, io);
  const maxBytes = options.cacheSize === undefined ? undefined : sizeOf(options.cacheSize);
  const cache = openCache(options.cache && resolve(io.cwd, options.cache), {
    simulator,
    ...(maxBytes !== undefined && { maxBytes }),
  });
  const pipelinesOf = (names: readonly string[], cwd: string) =>
    sweepPipelines(names, { cwd, cache, env: io.env });
  return { simulator, cache, ...(await load(context, source, simulator, pipelinesOf, options)) };
}

/** @throws Failure where the file itself has commands, and nobody has asked for them. */
function checkCommands(
  source: string,
  listed: readonly SweepPipeline[],
  { allowCommands }: Pick<SweepCommandOptions, "allowCommands">,
): void {
  const commands = listed.filter(({ command }) => command !== undefined);
  if (commands.length > 0 && !allowCommands) throw unasked(source, commands);
}

/** A point that cannot be simulated or scored fails alone: the sweep runs, without an estimate. */
async function unlessPointsFail<T>(cost: Promise<T>): Promise<T | undefined> {
  try {
    return await cost;
  } catch (error) {
    if (isMinisimError(error) || error instanceof Failure) return undefined;
    throw error;
  }
}

/** A sweep from somebody else is a text that one reads; a command in it is a program that one runs. */
function unasked(source: string, commands: readonly SweepPipeline[]): Failure {
  return usageFailure(
    [
      `${source} wants to run ${commands.length === 1 ? "a command" : "commands"} of the shell:`,
      ...commands.map(({ name, command }) => `  ${name}: ${command}`),
      "Nothing was run. --allow-commands lets it; --pipeline NAME=COMMAND needs no leave.",
    ].join("\n"),
  );
}

type ByName = (names: readonly string[], cwd: string) => Promise<SweepPipeline[]>;

/** The sweep with its pipelines: those that the file lists, and after them those of the command line. */
async function load(
  { io }: Context,
  source: string,
  simulator: Simulator,
  pipelinesOf: ByName,
  { pipeline: asked, set }: Pick<SweepCommandOptions, "pipeline" | "set">,
) {
  const isStdin = source === "-";
  const path = isStdin ? source : resolve(io.cwd, source);
  const folder = isStdin ? io.cwd : dirname(path);
  try {
    const name = isStdin ? "<stdin>" : source;
    let listed: SweepPipeline[] = [];
    let pipelines: SweepPipeline[] = [];
    const document = await loadSweepFile(path, {
      name,
      folder,
      simulator,
      readFile: (reference, from) => fileReaderIn(from)(reference),
      parametersOf: async ({ pipeline = [] }) => {
        listed = await pipelinesOf(typeof pipeline === "string" ? [pipeline] : pipeline, folder);
        pipelines = [...listed, ...(await pipelinesOf(asked, io.cwd))];
        return parameterProblemIn(pipelines);
      },
      ...(set.length > 0 && { changed: (base) => changedBase(base, set, simulator) }),
      signal: io.signal,
    });
    return { document, listed, pipelines };
  } catch (error) {
    if (!isMinisimError(error)) throw error;
    throw new Failure(error.message, 1, { cause: error });
  }
}

/** The base with what --set says. @throws Failure for a setting that has no place in it, or a value that does not fit. */
function changedBase(base: SpecInput, set: readonly string[], simulator: Simulator): SpecInput {
  const { value, overrides } = applyOverrides(base, set, simulator);
  const checked = simulator.Spec.safeParse(value);
  const problems = checked.ok ? [] : checked.issues;
  const lines = problems.flatMap((issue) => {
    const cause = causeOf(issue, overrides);
    return cause ? [`--set ${cause.text}  ${formatIssue(issue)}`] : [];
  });
  if (lines.length > 0) throw usageFailure(lines.join("\n"));
  return value as SpecInput;
}

function progressOf({ io, err }: Context, { quiet }: SweepCommandOptions) {
  const silent = quiet || io.stderr.isTTY !== true;
  let head = "";
  const draw = (text: string) => {
    if (!silent) io.stderr.write(`\r\u001b[K${text}`);
  };
  return {
    report(progress: RunProgress) {
      if (progress.kind === "point") {
        const { done, total, failed } = progress;
        head = `${done}/${total} points${failed > 0 ? err.red(`, ${failed} failed`) : ""}`;
        draw(head);
      } else {
        const { variant, done, total } = progress;
        const share = total === 0 ? 100 : Math.floor((100 * done) / total);
        draw(
          `${head || "0 points"}  ${err.dim(`${tagsOf(variant.tags)} ${share}%`)}`.slice(0, 160),
        );
      }
    },
    clear: () => draw(""),
  };
}
