// Spec → store on disk, chunk by chunk, on every core: the worker that rendered a chunk encodes and writes it, so memory stays
// bounded however long the recording is.
import { PathError, type Shard } from "@minisim/output";
import type { CompileOptions, Plan, StepDefinition } from "@minisim/pipeline";
import {
  availableWorkers,
  createPool,
  type PoolOptions,
  type RenderOptions,
  type RenderPool,
  startWorkerSet,
  type WorkerSet,
} from "@minisim/render";
import { type Reach, reachOf, type Simulator, withClippingWarnings } from "@minisim/simulator";
import { geometryOf, type ParsedSpec, type SpecInput, windowOf } from "@minisim/spec";
import { StoreError, type StoreHeader } from "@minisim/store";
import { type BuiltinSteps, builtin } from "./builtin.ts";
import { type RecordingCost, recordingCost } from "./estimate.ts";
import { storeHeader } from "./header.ts";
import { type Delivered, storeChunks } from "./node-deliver.ts";
import { type ChunkWriter, openShard, placeOf } from "./node-place.ts";
import { type StoreProfile, stopwatch, timedCompile } from "./node-profile.ts";

export interface StoreOptions<S extends readonly StepDefinition[] = readonly StepDefinition[]>
  extends CompileOptions,
    Pick<RenderOptions, "until" | "backend" | "blockFrames" | "onProgress"> {
  /** Whose steps the spec uses; the built-in ones where absent. */
  readonly simulator?: Simulator<S>;
  /** Replaces what stands at the path, once the new recording is complete. */
  readonly force?: boolean;
  /** Continues what a killed process left at `path.partial` of the same recording: only what is missing is rendered. */
  readonly resume?: boolean;
  /** Threads that render and write, a matter of speed alone; 0 or 1: this one. All that the machine has where absent. */
  readonly workers?: number;
  /** Told what the recording will cost, before anything is written. What it throws ends the job. */
  readonly onCost?: (cost: RecordingCost) => void | Promise<void>;
  /** Told of each chunk of frames that this run has put on the disk. */
  readonly onChunk?: () => void;
}

/** What was written. */
export interface SimulatedStore extends StoreHeader {
  readonly path: string;
  /** Of all its files. */
  readonly size_bytes: number;
  readonly profile: StoreProfile;
}

const here = import.meta.url;
const fromSources = here.endsWith(".ts");
const DELIVERY = new URL(fromSources ? "./node-deliver-source.mjs" : "./node-deliver.js", here);
// Of a chunk of float32, which a movie has more of than of any other.
const CHUNK_PIXELS = 4 * 1024 * 1024;

/**
 * Simulates a spec, or what `compile` made of one, into the folder `path` (`NAME.zarr`). The folder appears once it is complete; until
 * then frames go to `path.partial`, which is removed on any failure and on abort, unless `resume` asks to keep it.
 *
 * Or into an object store, at an address `s3://BUCKET/NAME.zarr` (with `@minisim/store-s3`): it is a recording once its root is put, last of all. What was
 * put stays on any failure, and the next run goes on with it; nothing is replaced there, so `force` is refused.
 * @throws SpecError for a spec that is not valid; RangeError for an unknown stage; PathError "exists", "held", "no_space", ...;
 *   an Error that names the frames when they cannot be rendered or a worker dies; the signal's reason when aborted.
 */
export async function simulateToStore<S extends readonly StepDefinition[] = BuiltinSteps>(
  specOrPlan: SpecInput<S> | ParsedSpec | Plan,
  path: string,
  options: StoreOptions<S> = {},
): Promise<SimulatedStore> {
  return store(specOrPlan as SpecInput | ParsedSpec | Plan, path, options as StoreOptions);
}

async function store(
  specOrPlan: SpecInput | ParsedSpec | Plan,
  path: string,
  options: StoreOptions,
): Promise<SimulatedStore> {
  const { resume = false } = options;
  const watch = stopwatch();
  const place = await placeOf(path, options);
  await place.check();
  return withPrepared(specOrPlan, options, async ({ plan, pool, header, workers, ...times }) => {
    if (options.onCost) await tellCost(plan, header, workers, options);
    const writer = await place.create(header);
    try {
      const truth_s = await writeAll(pool, writer, options);
      await writer.commit();
      const profile = { ...times, render: pool?.profile ?? null, truth_s, total_s: watch.total() };
      return { ...header, path, size_bytes: await place.size(), profile };
    } catch (error) {
      // Whoever resumes wants to keep what there is, however this run ended too.
      if (resume) await writer.keep();
      else await writer.abort();
      throw error;
    }
  });
}

export interface ShardOptions<S extends readonly StepDefinition[] = readonly StepDefinition[]>
  extends Omit<StoreOptions<S>, "force" | "resume" | "onCost"> {
  readonly shard: Shard;
}

/** What became of a shard. */
export interface SimulatedShard extends StoreHeader {
  readonly path: string;
  /** Chunks that are this shard's, and those of them that it has rendered now; both 0 where the recording was published before. */
  readonly chunks: number;
  readonly rendered: number;
  /** Whether the recording is at its path already. */
  readonly published: boolean;
}

/**
 * Renders one of `of` parts of the recording at `path` into the folder `path.shards`, which any number of processes on any machines may share.
 * Shards run in any order, also at the same time and more than once; what is there and whole is kept. `finishShards` makes the recording of them: that
 * of `simulateToStore`, byte by byte. Each compiles the scene for itself, or with the others by `share`: see `shareScene` of `@minisim/sweep`.
 * @throws as `simulateToStore`; RangeError for a shard that cannot be; PathError "leftover" where the folder has shards of another recording.
 */
export async function simulateShard<S extends readonly StepDefinition[] = BuiltinSteps>(
  specOrPlan: SpecInput<S> | ParsedSpec | Plan,
  path: string,
  options: ShardOptions<S>,
): Promise<SimulatedShard> {
  const { shard } = options;
  if (!Number.isInteger(shard.of) || !Number.isInteger(shard.number))
    throw new RangeError("A shard has a whole number.");
  if (shard.number < 1 || shard.number > shard.of)
    throw new RangeError(`Of ${shard.of} shards there is no number ${shard.number}.`);
  return withPrepared(
    specOrPlan as SpecInput | ParsedSpec | Plan,
    options as unknown as StoreOptions,
    async ({ pool, header }) => {
      const writer = await openShard(path, header, shard);
      if (!writer) return { ...header, path, chunks: 0, rendered: 0, published: true };
      const rendered = chunksOf(writer).length;
      try {
        await writeAll(pool, writer, options as unknown as StoreOptions);
      } catch (error) {
        // Others had written all of it, and published it.
        if (options.signal?.aborted || !(await writer.isPublished())) throw error;
      }
      const published = await writer.isPublished();
      return { ...header, path, chunks: writer.chunks, rendered, published };
    },
  );
}

interface Prepared extends Pick<StoreProfile, "compile_s" | "finalize_s"> {
  readonly plan: Plan;
  /** Undefined where there is nothing to render. */
  readonly pool: RenderPool | undefined;
  readonly header: StoreHeader;
  readonly workers: number;
}

/** Compiles, and has threads ready to render for as long as `use` runs. */
async function withPrepared<T>(
  specOrPlan: SpecInput | ParsedSpec | Plan,
  options: StoreOptions,
  use: (prepared: Prepared) => Promise<T>,
): Promise<T> {
  const { simulator = builtin, until } = options;
  // Threads load their code while this one compiles, and take over the operands while it finalizes.
  const workers = threadsFor(specOrPlan, options);
  const workerSet = startWorkerSet(workers, DELIVERY.href);
  let pool: RenderPool | undefined;
  try {
    const { plan, compile_s } = isPlan(specOrPlan)
      ? { plan: specOrPlan, compile_s: {} }
      : timedCompile((timed) => simulator.compile(specOrPlan, timed), options);
    const watch = stopwatch();
    const reach = reachOf(plan, until);
    if (reach.hasMovie)
      pool = createPool(plan.program, poolOptions(reach, workers, workerSet, options));
    const header = storeHeader(await withClippingWarnings(plan, options), until);
    const finalize_s = watch.lap();
    options.signal?.throwIfAborted();
    return await use({ plan, pool, header, workers, compile_s, finalize_s });
  } finally {
    await pool?.release();
    await workerSet.release();
  }
}

async function tellCost(
  plan: Plan,
  header: StoreHeader,
  workers: number,
  { until, signal, onCost }: StoreOptions,
): Promise<void> {
  const cores = Math.min(availableWorkers(), Math.max(1, workers));
  await onCost?.(await recordingCost(plan, header, { until, signal, workers: cores }));
}

function poolOptions(
  { kept }: Reach,
  workers: number,
  workerSet: WorkerSet,
  { until, backend, blockFrames }: StoreOptions,
): PoolOptions {
  return {
    workers,
    workerSet,
    taps: kept.map(({ name }) => name),
    ...(until !== undefined && { until }),
    ...(backend && { backend }),
    ...(blockFrames !== undefined && { blockFrames }),
  };
}

/** Hardly more than there will be chunks; none yet for a spec that is not valid, which compile will tell. */
function threadsFor(specOrPlan: unknown, options: StoreOptions): number {
  const { simulator = builtin, workers = availableWorkers() } = options;
  const parsed = isPlan(specOrPlan)
    ? { ok: true as const, spec: specOrPlan.spec }
    : simulator.Spec.safeParse(specOrPlan);
  if (!parsed.ok) return 0;
  const { n_frames } = geometryOf(parsed.spec.acquisition);
  const { height, width } = windowOf(parsed.spec.acquisition);
  return Math.min(workers, Math.ceil((n_frames * height * width) / CHUNK_PIXELS));
}

/** Numbers of the chunks that some movie lacks, rising. */
const chunksOf = (writer: ChunkWriter): number[] =>
  [...new Set(writer.arrays.flatMap((array) => writer.pending(array)))].sort((a, b) => a - b);

/**
 * Frames and ground truth at the same time. When either fails the other is stopped, and has stopped once this throws. Returns the
 * seconds that the ground truth took.
 */
async function writeAll(
  pool: RenderPool | undefined,
  writer: ChunkWriter,
  options: StoreOptions,
): Promise<number> {
  const control = new AbortController();
  const signals = options.signal ? [options.signal, control.signal] : [control.signal];
  const watch = stopwatch();
  const frames = pool && writeFrames(pool, writer, options, AbortSignal.any(signals));
  const rendering = Promise.resolve(frames).catch(async (error: unknown) => {
    await writer.stop();
    throw error;
  });
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
  return truth_s.value;
}

/** Renders, encodes and writes every chunk that some movie lacks: one job a chunk. */
async function writeFrames(
  pool: RenderPool,
  writer: ChunkWriter,
  { onProgress, onChunk }: StoreOptions,
  signal: AbortSignal,
): Promise<void> {
  const chunks = chunksOf(writer);
  const { shape, chunkRows } = writer.layout();
  const all = shape[0]!;
  const jobs = chunks.map((chunk) => {
    const start = chunk * chunkRows;
    const length = Math.min(chunkRows, all - start);
    return Int32Array.from({ length }, (_, f) => start + f);
  });
  const total = writer.frames ?? all;
  const kept = total - jobs.reduce((sum, { length }) => sum + length, 0);
  const targets = writer.arrays.map((array) => writer.target(array));
  const delivery = {
    module: DELIVERY.href,
    export: "storeChunks",
    arguments: targets,
    local: () => storeChunks(targets),
  };
  const progress = ({ done }: { readonly done: number }) =>
    onProgress?.({ done: kept + done, total });
  let at = 0;
  for await (const result of pool.run(jobs, { delivery, signal, onProgress: progress })) {
    const { failure } = result as Delivered;
    if (failure?.kind === "path") throw new PathError(failure.code, failure.message);
    if (failure) throw new StoreError(failure.code, failure.message);
    for (const array of writer.arrays) writer.noteWritten(chunks[at]!, array);
    at += 1;
    onChunk?.();
  }
}

function isPlan(value: unknown): value is Plan {
  return typeof value === "object" && value !== null && "program" in value && "scene" in value;
}
