// A deliberately naive pipeline: find what flickers, draw a region around it, take the mean.

import { FootprintStack } from "@minisim/footprint";
import { orderStatistic } from "@minisim/kernels/statistics";
import type { Recorded } from "@minisim/recording";
import { geometryOf } from "@minisim/spec";
import { InputError, shown } from "@minisim/spec/input";
import { footprintMask } from "../metrics/masks.ts";
import { boxMean } from "./box-mean.ts";
import { type AnalysisOptions, type Movie, movieOf } from "./movie.ts";
import { regionsAround } from "./peaks.ts";
import { type RoiEstimate, roiTraces } from "./roi-mean.ts";

/** Radii to each side of the square that counts as a cell's surroundings. */
const OUTER = 4;

export interface RoiPipelineOptions extends AnalysisOptions {
  /** How large a cell is thought to look: its body and the blur of its depth. Default 10. */
  readonly radius_um?: number;
  /** How many times its noise a pixel must rise at some moment, more than its surroundings do, to be a peak. Default 4. */
  readonly peak_to_noise?: number;
}

/**
 * What one gets without modelling anything, from the movie and its pixel size alone: the floor that recall is read against.
 *
 * 1. Per pixel of the movie, averaged over a square of half a radius: the highest value over time less the mean, in units of the
 *    noise (the spread of differences between frames, / √2; the median over the field).
 * 2. That image less its mean over a square of four radii: what the whole neighbourhood shares is background.
 * 3. Local maxima, the highest first, a radius apart and outside the regions before; around each what hangs together above 18 % of
 *    its height, up to two radii away.
 * 4. ΔF: the mean over the region, less its 10th percentile over time.
 *
 * No motion correction, no demixing, no merging, no background. Two passes through the movie, a frame at a time.
 * @throws InputError for options out of range; the signal's reason when aborted.
 */
export async function roiPipeline(
  recording: Recorded,
  { radius_um = 10, peak_to_noise = 4, signal, onProgress }: RoiPipelineOptions = {},
): Promise<RoiEstimate> {
  const problems = Object.entries({ radius_um, peak_to_noise })
    .filter(([, value]) => !(Number.isFinite(value) && value > 0))
    .map(([name, value]) => `${name} must be a number above 0, not ${shown(value)}.`);
  if (problems.length > 0) throw new InputError(problems);
  const movie = await movieOf(recording);
  const canvas = { height: movie.height, width: movie.width };
  const radius_px = radius_um / geometryOf(movie.spec.acquisition).pixel_size_um;
  const total = 2 * movie.n_frames;
  const image = await peakToNoise(movie, radius_px, signal, (done) =>
    onProgress?.({ done, total }),
  );
  const regions = regionsAround(image, canvas, { threshold: peak_to_noise, radius_px });
  const footprints = FootprintStack.from(regions, canvas);
  const masks = regions.map((_, i) => footprintMask(footprints, i));
  const C = await roiTraces(movie, masks, signal, (done) =>
    onProgress?.({ done: movie.n_frames + done, total }),
  );
  return { footprints, C, S: null, shifts: null };
}

/** How far each pixel's flicker stands out from that of its surroundings. */
async function peakToNoise(
  movie: Movie,
  radius_px: number,
  signal: AbortSignal | undefined,
  onFrame: (done: number) => void,
): Promise<Float64Array> {
  const { height, width, n_frames } = movie;
  const size = height * width;
  const mean = boxMean({ height, width });
  const inner = Math.round(radius_px / 2);
  let now = new Float64Array(size);
  let before = new Float64Array(size);
  const sum = new Float64Array(size);
  const highest = new Float64Array(size).fill(-Infinity);
  const change = new Float64Array(size);
  for await (const { t, frame } of movie.frames(signal)) {
    [now, before] = [before, now];
    mean(frame, inner, now);
    for (let pixel = 0; pixel < size; pixel++) {
      const value = now[pixel]!;
      sum[pixel]! += value;
      if (value > highest[pixel]!) highest[pixel] = value;
      if (t > 0) change[pixel]! += (value - before[pixel]!) * (value - before[pixel]!);
    }
    onFrame(t + 1);
  }
  // One noise for the field: a pixel's own differences hold its signal as well, and would level bright cells.
  const variance = orderStatistic(change.slice().sort(), 0.5);
  const noise = Math.sqrt(variance / (2 * (n_frames - 1)));
  const flicker = Float64Array.from({ length: size }, (_, pixel) =>
    noise > 0 ? (highest[pixel]! - sum[pixel]! / n_frames) / noise : 0,
  );
  mean(flicker, Math.round(OUTER * radius_px), before);
  return flicker.map((value, pixel) => value - before[pixel]!);
}
