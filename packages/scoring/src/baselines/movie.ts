// A movie to analyse: its truth, and its frames one by one.
import type { GroundTruth, MovieBlock, Recorded } from "@minisim/recording";
import type { Spec } from "@minisim/spec";
import { InputError } from "@minisim/spec/input";

export interface Movie {
  readonly spec: Spec;
  readonly truth: GroundTruth;
  readonly height: number;
  readonly width: number;
  readonly n_frames: number;
  /** All frames, some at a time. */
  blocks(signal?: AbortSignal): AsyncIterable<MovieBlock>;
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

/** @throws InputError where the recording has no movie, or only a part of it. */
export async function movieOf(recording: Recorded): Promise<Movie> {
  const truth = await recording.truth();
  const [height, width] = truth.fov_shape;
  const { n_frames } = truth;
  const [frames] = recording.shape;
  if (frames !== n_frames) {
    throw new InputError([
      `The recording has ${frames} frames of ${n_frames}: it was simulated up to a stage without a movie.`,
    ]);
  }
  const blocks = (signal?: AbortSignal) => blocksOf(recording.frames(), signal);
  return {
    spec: recording.spec,
    truth,
    height,
    width,
    n_frames,
    blocks,
    frames: (signal) => framesOf(blocks(signal), height * width, signal),
  };
}

/** Between blocks others may run, and stop this. */
async function* blocksOf(blocks: AsyncIterable<MovieBlock>, signal?: AbortSignal) {
  for await (const block of blocks) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    yield block;
  }
}

async function* framesOf(blocks: AsyncIterable<MovieBlock>, size: number, signal?: AbortSignal) {
  const frame = new Float64Array(size);
  for await (const { start, end, data } of blocks) {
    for (let t = start; t < end; t++) {
      signal?.throwIfAborted();
      const from = (t - start) * size;
      for (let pixel = 0; pixel < size; pixel++) frame[pixel] = data[from + pixel]!;
      yield { t, frame };
    }
  }
}
