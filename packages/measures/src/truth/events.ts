// Transients of a trace: when they peak and how fast they fall.
import { gaussianWeights, mirrored } from "../gaussian.ts";
import { noiseSdOf } from "../measures/peak-to-noise.ts";
import { peaksOf } from "./peaks.ts";

export interface Events {
  /** Frames of the peaks. */
  readonly peaks: readonly number[];
  /** Seconds from a peak to half of its height, of those that get there before the next. */
  readonly half_decays_s: readonly number[];
}

const SMOOTHING_SD_S = 0.1;
const BASELINE = { window_s: 30, every_s: 0.5, percent: 20 } as const;
const THRESHOLD = { noises: 5, ofLargest: 0.1 } as const;
const REFRACTORY_S = 0.4;

/**
 * The trace through a Gaussian of 0.1 s, less its baseline: the running 20th percentile over 30 s of every half second, joined by lines. An event is a
 * peak at least 0.4 s from a higher one whose height and prominence are at least 5 noise_sd (of the smoothed trace, were the noise white), and a tenth of
 * the largest height. The same threshold serves clean traces, whose noise is next to nothing, and those that a pipeline extracted.
 */
export function eventsOf(frames: number, fps: number): (trace: Float64Array) => Events {
  const noiseSd = noiseSdOf(frames);
  const sd = Math.max(SMOOTHING_SD_S * fps, 1e-3);
  const weights = gaussianWeights(sd);
  const averaged = Math.max(1, 2 * Math.sqrt(Math.PI) * sd);
  const distance = Math.max(1, Math.floor(REFRACTORY_S * fps));
  return (trace) => {
    const heights = lessBaseline(smoothedTrace(trace, weights), fps);
    const largest = heights.reduce((a, b) => Math.max(a, b));
    const noise = (THRESHOLD.noises * noiseSd(trace)) / Math.sqrt(averaged);
    const least = Math.max(noise, THRESHOLD.ofLargest * largest);
    const peaks = least > 0 ? peaksOf(heights, least, distance) : [];
    return { peaks, half_decays_s: halfDecays(heights, peaks).map((lag) => lag / fps) };
  };
}

function smoothedTrace(trace: Float64Array, weights: Float64Array): Float64Array {
  const radius = weights.length >> 1;
  return trace.map((_, t) => {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) {
      sum += weights[k]! * trace[mirrored(t + k - radius, trace.length)]!;
    }
    return sum;
  });
}

function lessBaseline(trace: Float64Array, fps: number): Float64Array {
  const every = Math.max(1, Math.floor(BASELINE.every_s * fps));
  const size = Math.max(3, Math.floor(Math.floor(BASELINE.window_s * fps) / every));
  const coarse = trace.filter((_, t) => t % every === 0);
  const rank = Math.floor((size * BASELINE.percent) / 100);
  const base = coarse.map((_, i) => {
    const window = Float64Array.from(
      { length: size },
      (_, k) => coarse[mirrored(i + k - (size >> 1), coarse.length)]!,
    );
    return window.sort()[rank]!;
  });
  return trace.map((value, t) => {
    const below = Math.floor(t / every);
    const share = t / every - below;
    const next = base[Math.min(below + 1, base.length - 1)]!;
    return value - (base[below]! + share * (next - base[below]!));
  });
}

function halfDecays(heights: Float64Array, peaks: readonly number[]): number[] {
  return peaks.flatMap((peak, i) => {
    const end = peaks[i + 1] ?? heights.length;
    for (let t = peak; t < end; t++) {
      if (heights[t]! < 0.5 * heights[peak]!) return [t - peak];
    }
    return [];
  });
}
