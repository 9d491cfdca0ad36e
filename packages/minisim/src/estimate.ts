// What a recording will cost, said before it is made: room on the disk, memory, time.
import { expectedWork, type Plan } from "@minisim/pipeline";
import type { Simulator } from "@minisim/simulator";
import { geometryOf, type ParsedSpec, type Spec } from "@minisim/spec";
import type { StoreHeader } from "@minisim/store";
import { decodedBytes } from "@minisim/store";
import { storeHeader } from "./header.ts";
import { measureFrames } from "./measure-frames.ts";

export interface RecordingCost {
  readonly frames: number;
  /** Of the movie, encoded as the measured frames are; of snapshots and ground truth as they decode, which is more than they take. */
  readonly disk_bytes: number;
  /** From now on: rendering, encoding and writing on all workers. Expects that nobody else uses the cores. */
  readonly seconds: number;
  /** What the expectation stands on: frames rendered and encoded, and the seconds that one took on one core. */
  readonly measured: { readonly frames: number; readonly frame_s: number };
}

/** Beside the rendering, the same cores write chunks and ground truth: measured on the standard job (`npm run bench`), 1.25 to 1.4. */
const OVERHEAD = 1.3;

interface CostOptions {
  readonly until?: string | undefined;
  /** Cores that will render. */
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The cost of storing what a plan gives, from a few frames that are rendered for the purpose.
 * @throws RangeError for an unknown stage; the signal's reason when aborted.
 */
export async function recordingCost(
  plan: Plan,
  header: StoreHeader,
  options: CostOptions,
): Promise<RecordingCost> {
  const [frames] = header.movie.shape;
  const { truth, snapshots } = decodedBytes(header);
  return costOf(plan, frames, truth + snapshots, options);
}

async function costOf(
  plan: Plan,
  frames: number,
  other_bytes: number,
  options: CostOptions,
): Promise<RecordingCost> {
  const cost = frames === 0 ? undefined : await measureFrames(plan, options);
  const frame_s = cost?.seconds ?? 0;
  return {
    frames,
    disk_bytes: Math.round(frames * (cost?.bytes ?? 0) + other_bytes),
    seconds: (OVERHEAD * frames * frame_s) / Math.max(1, options.workers),
    measured: { frames: cost?.frames ?? 0, frame_s },
  };
}

/** Of the compile of a part that stands for the whole: some seconds. */
const MOST_OPERATIONS = 5e9;
const LEAST_FRAMES = 64;
/** Of that part, the part that shows what grows with the frames. */
const SMALLER = 8;

/**
 * The cost of simulating a spec into a store, with its compile in `seconds`. Of a long recording the first part is compiled: its cells are as many and its
 * frames cost the same, compiling it takes its share of the operations, and truth and snapshots grow in a line.
 * @throws as `compile` of the simulator, and as `recordingCost`.
 */
export async function forecastCost(
  spec: Spec,
  simulator: Simulator,
  options: CostOptions,
): Promise<RecordingCost> {
  const { until, signal } = options;
  const compiled = (part: Spec) => {
    const start = performance.now();
    const plan = simulator.compile(part as ParsedSpec, signal ? { signal } : {});
    return { plan, header: storeHeader(plan, until), took_s: (performance.now() - start) / 1000 };
  };
  const operations = (part: Spec) => expectedWork(part, simulator.steps).operations;
  const { n_frames } = geometryOf(spec.acquisition);
  let length = n_frames;
  while (length > LEAST_FRAMES && operations(first(spec, length)) > MOST_OPERATIONS) length >>= 1;
  // What brings traces of its own has as many frames as these.
  if (!simulator.Spec.safeParse(first(spec, length)).ok) length = n_frames;
  const part = first(spec, length);
  const { plan, header, took_s } = compiled(part);
  const compile_s = took_s * (operations(spec) / Math.max(1, operations(part)));
  const bytes = otherBytes(header);
  let other_bytes = bytes;
  if (length < n_frames) {
    const fewer = Math.floor(length / SMALLER);
    const each = (bytes - otherBytes(compiled(first(spec, fewer)).header)) / (length - fewer);
    other_bytes += each * (n_frames - length);
  }
  const frames = header.movie.shape[0] === 0 ? 0 : n_frames;
  const cost = await costOf(plan, frames, other_bytes, options);
  return { ...cost, seconds: compile_s + cost.seconds };
}

function otherBytes(header: StoreHeader): number {
  const { truth, snapshots } = decodedBytes(header);
  return truth + snapshots;
}

/** The recording of the first frames of a spec's; with all of them, the spec. */
function first(spec: Spec, frames: number): Spec {
  const { acquisition } = spec;
  if (frames >= geometryOf(acquisition).n_frames) return spec;
  return { ...spec, acquisition: { ...acquisition, duration_s: frames / acquisition.fps } };
}
