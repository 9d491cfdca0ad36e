// What a recording will cost, said before it is made: room on the disk, memory, time.
import type { Plan } from "@minisim/pipeline";
import type { Simulator } from "@minisim/simulator";
import type { ParsedSpec, Spec } from "@minisim/spec";
import type { StoreHeader } from "@minisim/store";
import { decodedBytes } from "@minisim/store";
import { compileFirstPart, firstFrames } from "./first-part.ts";
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

/** Of a first part, the part that shows what grows with the frames. */
const SMALLER = 8;

/**
 * The cost of simulating a spec into a store, with its compile in `seconds`. Of a long recording the first part is compiled, and truth and snapshots
 * grow in a line.
 * @throws as `compile` of the simulator, and as `recordingCost`.
 */
export async function forecastCost(
  spec: Spec,
  simulator: Simulator,
  options: CostOptions,
): Promise<RecordingCost> {
  const { until, signal } = options;
  const { plan, n_frames, times, ...part } = compileFirstPart(spec, simulator, signal);
  const start = performance.now();
  const header = storeHeader(plan, until);
  const took_s = part.compile_s + (performance.now() - start) / 1000;
  const length = plan.program.geometry.n_frames;
  const bytes = otherBytes(header);
  let other_bytes = bytes;
  if (length < n_frames) {
    const fewer = Math.floor(length / SMALLER);
    const small = simulator.compile(firstFrames(spec, fewer) as ParsedSpec, signal && { signal });
    const each = (bytes - otherBytes(storeHeader(small, until))) / (length - fewer);
    other_bytes += each * (n_frames - length);
  }
  const frames = header.movie.shape[0] === 0 ? 0 : n_frames;
  const cost = await costOf(plan, frames, other_bytes, options);
  return { ...cost, seconds: times * took_s + cost.seconds };
}

function otherBytes(header: StoreHeader): number {
  const { truth, snapshots } = decodedBytes(header);
  return truth + snapshots;
}
