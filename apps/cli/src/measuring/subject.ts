// What is measured: a movie, and where it has a truth, the truth and the movies without noise.
import type { LightParts, Movie } from "@minisim/measures";
import { movieOf } from "@minisim/measures";
import type { Recorded } from "@minisim/recording";
import { availableWorkers } from "@minisim/render";
import { didYouMean } from "@minisim/spec/suggest";
import {
  liveRecording,
  noiselessRecordings,
  type Plan,
  planOfStored,
  type Simulator,
  withClippingWarnings,
} from "minisim";
import type { StoredRecording } from "minisim/node";
import { type Context, printWarnings, withWarningsOf } from "../commands/context.ts";
import { usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { readSpec } from "../spec-file.ts";
import { isAddress, storedAt } from "../stored.ts";
import {
  foreignMovie,
  isForeignMovie,
  type MovieOptions,
  refuseMovieOptions,
} from "./foreign-movie.ts";

export interface SubjectOptions extends MovieOptions {
  readonly stage?: string;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed?: number;
  readonly workers?: number;
  readonly quiet?: boolean;
}

export interface Subject {
  readonly movie: Movie;
  /** Null for a movie of another program. */
  readonly recorded: Recorded | null;
  /** Null where there is no truth, and for a store that today's steps would not make again. */
  readonly parts: LightParts | null;
}

/** @throws Failure for what the source is not, or has not. */
export async function subjectAt(
  context: Context,
  source: string,
  options: SubjectOptions,
): Promise<Subject> {
  const { cwd, signal } = context.io;
  if (!isAddress(source) && (await isForeignMovie(source, cwd)))
    return foreignSubject(source, cwd, options);
  refuseMovieOptions(options);
  const { set, plugin, seed, stage, workers = availableWorkers(), quiet } = options;
  const simulator = await simulatorWith(plugin, context.io);
  const stored = await storedAt(source, { set, seed, cwd, simulator });
  if (stored) {
    const movie = storedMovie(stored, stage, simulator);
    const plan = planOfStored(stored, simulator, signal);
    return { movie, recorded: stored, parts: plan && partsOf(plan, stage, signal) };
  }
  const { spec, warnings } = await readSpec({ source, set, seed, cwd, simulator, signal });
  const compiled = simulator.compile(spec, { signal });
  checkStage(stage, compiled);
  const until = stage === undefined ? {} : { until: stage };
  const plan = await withClippingWarnings(compiled, { signal, ...until });
  if (!quiet) printWarnings(context, withWarningsOf(warnings, plan.warnings));
  const recorded = liveRecording(plan, { workers, signal, ...until });
  return { movie: movieOf(recorded), recorded, parts: partsOf(plan, stage, signal) };
}

async function foreignSubject(
  source: string,
  cwd: string,
  options: SubjectOptions,
): Promise<Subject> {
  if (options.set.length > 0 || options.seed !== undefined) {
    throw usageFailure("--set and --seed change a spec; this is a movie.");
  }
  if (options.stage !== undefined) {
    throw usageFailure("--stage: only recordings and specs have stages; this is a movie.");
  }
  return { movie: await foreignMovie(source, cwd, options), recorded: null, parts: null };
}

/** Rendered on this thread: two more sets of workers would hold the scene as often again, and wait for the measures anyway. */
function partsOf(plan: Plan, stage: string | undefined, signal: AbortSignal): LightParts {
  const until = stage === undefined ? {} : { until: stage };
  const { light, cells } = noiselessRecordings(plan, { signal, ...until });
  return { light: movieOf(light), cells: movieOf(cells) };
}

function storedMovie(
  stored: StoredRecording,
  stage: string | undefined,
  { steps }: Simulator,
): Movie {
  if (stage === undefined) return movieOf(stored);
  const kept = stored.snapshots.map(({ name }) => name);
  const name = steps.find(({ kind }) => kind === stage)?.stage ?? stage;
  if (!kept.includes(name)) {
    const has =
      kept.length > 0
        ? `It keeps ${kept.join(", ")}.`
        : "It keeps none (set output.save_intermediates).";
    throw usageFailure(
      `--stage ${stage}: this recording keeps no such stage.${didYouMean(stage, kept)} ${has}`,
    );
  }
  const { dtype } = stored.layout(`snapshots/${name}`);
  return movieOf(stored, { stage: name, container: dtype });
}

function checkStage(stage: string | undefined, { program }: Plan): void {
  if (stage === undefined) return;
  const withMovie = program.stages.filter(({ space }) => space !== null);
  if (withMovie.some(({ name, kind }) => name === stage || kind === stage)) return;
  const names = withMovie.map(({ name }) => name);
  const near = didYouMean(stage, [...names, ...withMovie.map(({ kind }) => kind)]);
  throw usageFailure(
    `--stage ${stage}: the spec has no such stage with a movie.${near} Those are ${names.join(", ")}.`,
  );
}
