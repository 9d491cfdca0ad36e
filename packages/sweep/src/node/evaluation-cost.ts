// What the evaluation of a sweep's recordings will take, from two short recordings of its first point; from itself, where it is short and cached.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { geometryOf, windowOf } from "@minisim/spec";
import type { Simulator } from "minisim";
import { openRecording, simulateToStore } from "minisim/node";
import type { Sweep, Variant } from "../sweep.ts";
import type { CachedRecording, RecordingCache } from "./cache.ts";
import type { Evaluate } from "./evaluations.ts";

export interface EvaluationCost {
  /** The time of all points, one after another. */
  readonly expected_s: number;
  /** What the expectation stands on: frames of each short recording, and the seconds that its evaluation took. */
  readonly measured: readonly Measured[];
}

interface Measured {
  readonly frames: number;
  readonly seconds: number;
}

type Place = Pick<CachedRecording, "recording" | "path">;

// A pipeline reads a movie in pieces of a few dozen frames: fewer would time its start alone.
const SHORT_FRAMES = [64, 192] as const;

export interface EvaluationCostOptions {
  /** Where the first point may be already. */
  readonly cache?: RecordingCache | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Expects that the time of an evaluation grows linearly with frames and with pixels, and that other points have as many cells as the first.
 * The recordings are made in a temporary folder, which is removed. A point of no more than 192 frames whose recording is cached is evaluated as it
 * is, and nothing is simulated.
 * @throws what the simulation or the evaluation throws; the signal's reason when aborted.
 */
export async function estimateEvaluation(
  { variants, simulator }: Sweep,
  evaluate: Evaluate,
  { cache, signal = new AbortController().signal }: EvaluationCostOptions = {},
): Promise<EvaluationCost> {
  const [first] = variants;
  if (!first) return { expected_s: 0, measured: [] };
  const { n_frames } = geometryOf(first.spec.acquisition);
  const timed = async (frames: number, { recording, path }: Place): Promise<Measured> => {
    const started = performance.now();
    await evaluate({ ...first, spec: recording.spec, recording, path, signal });
    return { frames, seconds: (performance.now() - started) / 1000 };
  };
  const lengths = [...new Set(SHORT_FRAMES.map((frames) => Math.min(frames, n_frames)))];
  const cached = n_frames <= lengths.at(-1)! ? await entryOf(cache, first, signal) : undefined;
  const measured = cached
    ? [await timed(n_frames, cached).finally(() => cached.release())]
    : await timedShort(first, simulator, lengths, timed, signal);
  const expected = lineThrough(measured);
  const area = recordedPixels(first);
  const secondsOf = (variant: Variant) => {
    const scale = area === 0 ? 0 : recordedPixels(variant) / area;
    return scale * expected(geometryOf(variant.spec.acquisition).n_frames);
  };
  return { expected_s: variants.reduce((sum, one) => sum + secondsOf(one), 0), measured };
}

function recordedPixels({ spec }: Variant): number {
  const { height, width } = windowOf(spec.acquisition);
  return height * width;
}

/** The recording of a point where it is cached; it has to be released. */
async function entryOf(
  cache: RecordingCache | undefined,
  { cache_key, spec }: Variant,
  signal: AbortSignal,
): Promise<CachedRecording | undefined> {
  return (await cache?.keys())?.includes(cache_key) ? cache?.get(spec, { signal }) : undefined;
}

/** Of short recordings of a point, made in a temporary folder. */
async function timedShort(
  { spec }: Variant,
  simulator: Simulator,
  lengths: readonly number[],
  timed: (frames: number, place: Place) => Promise<Measured>,
  signal: AbortSignal,
): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), "minisim-estimate-"));
  const measured: Measured[] = [];
  try {
    for (const frames of lengths) {
      const path = join(folder, `${frames}.zarr`);
      const duration_s = frames / spec.acquisition.fps;
      const short = simulator.Spec.vary(spec, { "acquisition.duration_s": duration_s });
      await simulateToStore(short, path, { simulator, signal });
      measured.push(
        await timed(frames, { recording: await openRecording(path, { simulator }), path }),
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return measured;
}

/** Seconds by frames: the line through two measurements; through one, in proportion to frames. */
function lineThrough(measured: readonly Measured[]): (frames: number) => number {
  const [a, b] = [measured[0]!, measured.at(-1)!];
  if (a === b) return (frames) => (a.frames === 0 ? a.seconds : (a.seconds * frames) / a.frames);
  const slope = Math.max(0, (b.seconds - a.seconds) / (b.frames - a.frames));
  return (frames) => Math.max(0, b.seconds + slope * (frames - b.frames));
}
