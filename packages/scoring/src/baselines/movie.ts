// A movie to analyse, in memory or in a store: its truth, and its frames block by block.
import type { GroundTruth, Recording } from "@minisim/recording";
import type { Spec } from "@minisim/spec";
import { InputError } from "@minisim/spec/input";
import type { StoredRecording } from "@minisim/store";

/** Frames start … end − 1, row-major. */
export interface MovieBlock {
  readonly start: number;
  readonly end: number;
  readonly data: ArrayLike<number>;
}

/** A recording in memory, or one in a store that is read block by block. */
export type AnyRecording =
  | Pick<Recording, "spec" | "observed" | "ground_truth">
  | Pick<StoredRecording, "spec" | "frames" | "groundTruth">;

export interface Movie {
  readonly spec: Spec;
  readonly truth: GroundTruth;
  readonly height: number;
  readonly width: number;
  readonly n_frames: number;
  /** Every frame in order, copied into the same float64 buffer each time. */
  frames(signal?: AbortSignal): AsyncIterable<{ readonly t: number; readonly frame: Float64Array }>;
}

export interface AnalysisOptions {
  /** Aborted: the analysis throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called as frames are done, over all passes through the movie. */
  readonly onProgress?:
    | ((progress: { readonly done: number; readonly total: number }) => void)
    | undefined;
}

/** Frames of a movie in memory between two pauses, in which aborts and everything else get their turn. */
const BLOCK = 64;

export async function movieOf(recording: AnyRecording): Promise<Movie> {
  const stored = "frames" in recording;
  const truth = stored ? await recording.truth() : recording.ground_truth;
  const [height, width] = truth.fov_shape;
  const n_frames = truth.n_frames;
  if (!stored && recording.observed.shape[0] !== n_frames) {
    throw new InputError([
      `The recording has ${recording.observed.shape[0]} frames of ${n_frames}: it was simulated up to a stage without a movie.`,
    ]);
  }
  const blocks = stored
    ? () => recording.frames()
    : () => blocksInMemory(recording, height * width);
  return {
    spec: recording.spec,
    truth,
    height,
    width,
    n_frames,
    frames: (signal) => framesOf(blocks(), height * width, signal),
  };
}

async function* framesOf(blocks: AsyncIterable<MovieBlock>, size: number, signal?: AbortSignal) {
  const frame = new Float64Array(size);
  for await (const { start, end, data } of blocks) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    for (let t = start; t < end; t++) {
      signal?.throwIfAborted();
      const from = (t - start) * size;
      for (let pixel = 0; pixel < size; pixel++) frame[pixel] = data[from + pixel]!;
      yield { t, frame };
    }
  }
}

async function* blocksInMemory(
  { observed }: Pick<Recording, "observed">,
  size: number,
): AsyncGenerator<MovieBlock> {
  const frames = observed.shape[0]!;
  for (let start = 0; start < frames; start += BLOCK) {
    const end = Math.min(start + BLOCK, frames);
    yield { start, end, data: observed.data.subarray(start * size, end * size) };
  }
}
