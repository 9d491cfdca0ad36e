// Spec → store on disk, chunk by chunk, on every core: the worker that rendered a chunk encodes and writes it, so memory stays
// bounded however long the recording is.
import type { CompileOptions, Plan } from "@minisim/pipeline";
import {
  availableWorkers,
  type Crew,
  createPool,
  type PoolOptions,
  type PoolProfile,
  type RenderOptions,
  startCrew,
} from "@minisim/render";
import type { Simulator } from "@minisim/simulator";
import { geometryOf } from "@minisim/spec";
import { StoreError, type StoreHeader } from "@minisim/store";
import { createRecordingAt, type FolderWriter } from "@minisim/store/node";
import { builtin } from "./builtin.ts";
import type { Delivered } from "./node-deliver.ts";
import { reachOf, storeHeader } from "./node-header.ts";
import { type StoreProfile, stopwatch, timedCompile } from "./node-profile.ts";

export interface StoreOptions
  extends CompileOptions,
    Pick<RenderOptions, "until" | "backend" | "blockFrames" | "onProgress"> {
  /** Whose steps the spec uses; the built-in ones where absent. */
  readonly simulator?: Simulator;
  /** Replaces what stands at the path, once the new recording is complete. */
  readonly force?: boolean;
  /** Continues what a killed process left at `path.partial` of the same recording: only what is missing is rendered. */
  readonly resume?: boolean;
  /** Threads that render and write, a matter of speed alone; 0 or 1: this one. All that the machine has where absent. */
  readonly workers?: number;
}

/** What was written. */
export interface SimulatedStore extends StoreHeader {
  readonly path: string;
  readonly profile: StoreProfile;
}

const here = import.meta.url;
const DELIVERY = new URL(here.endsWith(".ts") ? "./node-deliver.ts" : "./node-deliver.js", here);
// No chunk holds more.
const CHUNK_PIXELS = 16 * 1024 * 1024;

/**
 * Simulates a spec, or what `compile` made of one, into the folder `path` (`NAME.zarr`). The folder appears once it is complete; until
 * then frames go to `path.partial`, which is removed on any failure and on abort, unless `resume` asks to keep it.
 * @throws SpecError for a spec that is not valid; RangeError for an unknown stage; StoreError "exists", "no_space", ...;
 *   an Error that names the frames when they cannot be rendered or a worker dies; the signal's reason when aborted.
 */
export async function simulateToStore(
  specOrPlan: unknown,
  path: string,
  options: StoreOptions = {},
): Promise<SimulatedStore> {
  // The threads load their code while this one compiles.
  const crew = startCrew(crewSize(specOrPlan, options), DELIVERY.href);
  try {
    return await simulateWith(crew, specOrPlan, path, options);
  } finally {
    await crew.release();
  }
}

async function simulateWith(
  crew: Crew,
  specOrPlan: unknown,
  path: string,
  options: StoreOptions,
): Promise<SimulatedStore> {
  const { simulator = builtin, until, force = false, resume = false } = options;
  const watch = stopwatch();
  const { plan, compile_s } = isPlan(specOrPlan)
    ? { plan: specOrPlan, compile_s: {} }
    : timedCompile((timed) => simulator.compile(specOrPlan, timed), options);
  watch.lap();
  const header = storeHeader(plan, simulator, until);
  const finalize_s = watch.lap();
  options.signal?.throwIfAborted();
  const writer = await createRecordingAt(path, header, { force, resume });
  try {
    const written = await writeAll(plan, writer, crew, options);
    await writer.commit();
    const profile = { compile_s, finalize_s, ...written, total_s: watch.total() };
    return { ...header, path, profile };
  } catch (error) {
    // Whoever resumes wants to keep what there is, however this run ended too.
    if (resume) await writer.stop();
    else await writer.abort();
    throw error;
  }
}

/** No more threads than there will be chunks; none yet for a spec that is not valid, which compile will tell. */
function crewSize(specOrPlan: unknown, options: StoreOptions): number {
  const { simulator = builtin, workers = availableWorkers() } = options;
  const parsed = isPlan(specOrPlan)
    ? { ok: true as const, spec: specOrPlan.spec }
    : simulator.Spec.safeParse(specOrPlan);
  if (!parsed.ok) return 0;
  const { n_frames, fov } = geometryOf(parsed.spec.acquisition);
  return Math.min(workers, Math.ceil((n_frames * fov.height * fov.width) / CHUNK_PIXELS));
}

/** Frames and ground truth at the same time. When either fails the other is stopped, and has stopped once this throws. */
async function writeAll(plan: Plan, writer: FolderWriter, crew: Crew, options: StoreOptions) {
  const control = new AbortController();
  const signals = options.signal ? [options.signal, control.signal] : [control.signal];
  const watch = stopwatch();
  const rendering = writeFrames(plan, writer, crew, options, AbortSignal.any(signals)).catch(
    async (error: unknown) => {
      await writer.stop();
      throw error;
    },
  );
  const truth = writer.writeTruth().then(
    () => watch.total(),
    (error: unknown) => {
      control.abort(error);
      throw error;
    },
  );
  const [render, truth_s] = await Promise.allSettled([rendering, truth]);
  if (truth_s.status === "rejected") throw truth_s.reason;
  if (render.status === "rejected") throw render.reason;
  return { render: render.value, truth_s: truth_s.value };
}

/** Renders, encodes and writes every chunk that some movie lacks: one job a chunk. */
async function writeFrames(
  plan: Plan,
  writer: FolderWriter,
  crew: Crew,
  { until, backend, blockFrames, onProgress, workers = availableWorkers() }: StoreOptions,
  signal: AbortSignal,
): Promise<PoolProfile | null> {
  const chunks = [...new Set(writer.arrays.flatMap((array) => writer.pending(array)))];
  if (chunks.length === 0) return null;
  const { shape, chunkRows } = writer.layout();
  const total = shape[0]!;
  const jobs = chunks
    .sort((a, b) => a - b)
    .map((chunk) => {
      const start = chunk * chunkRows;
      const length = Math.min(chunkRows, total - start);
      return Int32Array.from({ length }, (_, f) => start + f);
    });
  const kept = total - jobs.reduce((sum, { length }) => sum + length, 0);
  const delivery = {
    module: DELIVERY.href,
    export: "storeChunks",
    arguments: writer.arrays.map((array) => writer.target(array)),
  };
  const poolOptions: PoolOptions = {
    workers: Math.min(workers, jobs.length),
    crew,
    delivery,
    taps: reachOf(plan, until).kept.map(({ name }) => name),
    ...(until !== undefined && { until }),
    ...(backend && { backend }),
    ...(blockFrames !== undefined && { blockFrames }),
  };
  const pool = createPool(plan.program, poolOptions);
  try {
    const progress = ({ done }: { readonly done: number }) =>
      onProgress?.({ done: kept + done, total });
    let at = 0;
    for await (const result of pool.run(jobs, { signal, onProgress: progress })) {
      const { failure } = result as Delivered;
      if (failure) throw new StoreError(failure.code, failure.message);
      for (const array of writer.arrays) writer.noteWritten(chunks[at]!, array);
      at += 1;
    }
    return pool.profile;
  } finally {
    await pool.release();
  }
}

function isPlan(value: unknown): value is Plan {
  return typeof value === "object" && value !== null && "program" in value && "scene" in value;
}
