// The floor: the mean of the raw movie over each cell's pixels.
import { orderStatistic } from "@minisim/kernels/statistics";
import type { Recorded } from "@minisim/recording";
import type { Estimate, Rows } from "../metrics/estimate.ts";
import { footprintMask, type PixelMask } from "../metrics/masks.ts";
import { observedInView } from "../observed-in-view.ts";
import { type AnalysisOptions, type Movie, movieOf } from "./movie.ts";

/** The baseline of a trace: the share of its frames that are darker. */
const BASELINE = 0.1;

export interface RoiEstimate extends Estimate {
  readonly C: Rows;
}

/**
 * For each true cell, the mean over the pixels above 18 % of its observed footprint's peak, less the 10th percentile over time
 * (ΔF, counts). Nothing is demixed, no background removed, no motion corrected. A cell that is dark in view has 0 throughout.
 * @throws the signal's reason when aborted.
 */
export async function roiMean(
  recording: Recorded,
  { signal, onProgress }: AnalysisOptions = {},
): Promise<RoiEstimate> {
  const movie = await movieOf(recording);
  const footprints = observedInView(movie.truth);
  const masks = Array.from({ length: footprints.length }, (_, i) => footprintMask(footprints, i));
  const C = await roiTraces(movie, masks, signal, (done) =>
    onProgress?.({ done, total: movie.n_frames }),
  );
  return { footprints, C, S: null, shifts: null };
}

/** ΔF of every mask, in one pass through the movie. */
export async function roiTraces(
  movie: Movie,
  masks: readonly PixelMask[],
  signal: AbortSignal | undefined,
  onFrame: (done: number) => void,
): Promise<Rows & { readonly data: Float64Array }> {
  const { n_frames } = movie;
  const data = new Float64Array(masks.length * n_frames);
  for await (const { t, frame } of movie.frames(signal)) {
    for (const [i, { pixels }] of masks.entries()) {
      let sum = 0;
      for (let k = 0; k < pixels.length; k++) sum += frame[pixels[k]!]!;
      if (pixels.length > 0) data[i * n_frames + t] = sum / pixels.length;
    }
    onFrame(t + 1);
  }
  for (let i = 0; i < masks.length; i++) {
    const trace = data.subarray(i * n_frames, (i + 1) * n_frames);
    const baseline = orderStatistic(trace.slice().sort(), BASELINE);
    for (let t = 0; t < n_frames; t++) trace[t]! -= baseline;
  }
  return { shape: [masks.length, n_frames], data };
}
