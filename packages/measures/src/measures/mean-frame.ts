// How the whole frame's brightness moves in time.

import { autocorrelationOf, powerSpectrumOf } from "../fourier.ts";
import type { Frame } from "../frame.ts";

export interface MeanFrame {
  /** Shares of the power by band in Hz: "0-0.1", "0.1-1", "1-5", "5-inf"; null for a band above half the frame rate. */
  readonly power: Readonly<Record<string, number | null>>;
  /** Standard deviation over time over the mean. */
  readonly sd_over_mean: number;
  /** The first lag in seconds at which the autocorrelation is below 1/e; null where it never is. */
  readonly corr_time_s: number | null;
}

const EDGES_HZ = [0, 0.1, 1, 5, Number.POSITIVE_INFINITY];
const ONE_OVER_E = 0.36787944117144233;

/** Measures of the trace of frame means. */
export function collectMeanFrame(frames: number, fps: number) {
  const trace = new Float64Array(frames);
  return {
    /** The mean of every frame so far. */
    trace,
    add({ index, pixels }: Frame) {
      let sum = 0;
      for (const value of pixels) sum += value;
      trace[index] = sum / pixels.length;
    },
    result(): MeanFrame {
      const mean = trace.reduce((a, b) => a + b, 0) / frames;
      const change = trace.map((value) => value - mean);
      const variance = change.reduce((sum, value) => sum + value * value, 0) / frames;
      return {
        power: powerFractions(change, fps),
        sd_over_mean: Math.sqrt(variance) / mean,
        corr_time_s: correlationTime(change, fps),
      };
    },
  };
}

/** Shares of the periodogram of a trace without its mean. A trace that does not move has none. */
export function powerFractions(
  change: Float64Array,
  fps: number,
): Readonly<Record<string, number | null>> {
  const power = powerSpectrumOf(change.length)(change);
  // The mean is gone: what is left at frequency 0 is rounding.
  power[0] = 0;
  const total = power.reduce((a, b) => a + b, 0);
  const bands = EDGES_HZ.slice(1).map((high, i) => {
    const low = EDGES_HZ[i]!;
    const name = `${low}-${high === Number.POSITIVE_INFINITY ? "inf" : high}`;
    let sum = 0;
    for (let k = 0; k < power.length; k++) {
      const frequency = (k * fps) / change.length;
      if (frequency >= low && frequency < high) sum += power[k]!;
    }
    return [name, low < fps / 2 && total > 0 ? sum / total : null] as const;
  });
  return Object.fromEntries(bands);
}

/**
 * Shares of the periodogram of a trace in the octaves below half the frame rate, from the highest frequency down to the lowest that it has; the frequency
 * is the geometric middle. Empty for a trace that does not move.
 */
export function powerByOctave(
  trace: Float64Array,
  fps: number,
): { readonly frequency_hz: number; readonly share: number }[] {
  const mean = trace.reduce((a, b) => a + b, 0) / trace.length;
  const power = powerSpectrumOf(trace.length)(trace.map((value) => value - mean));
  power[0] = 0;
  const total = power.reduce((a, b) => a + b, 0);
  const octaves: { frequency_hz: number; share: number }[] = [];
  for (let high = power.length - 1; high >= 1 && total > 0; ) {
    const low = high >> 1;
    const share = power.subarray(low + 1, high + 1).reduce((a, b) => a + b, 0) / total;
    const middle = Math.sqrt((low + 1) * high);
    octaves.unshift({ frequency_hz: (middle * fps) / trace.length, share });
    high = low;
  }
  return octaves;
}

/** Seconds; null for a trace that does not move. */
export function correlationTime(change: Float64Array, fps: number): number | null {
  const sums = autocorrelationOf(change);
  if (sums[0] === 0) return null;
  const lag = sums.findIndex((sum) => sum / sums[0]! < ONE_OVER_E);
  return lag < 0 ? null : lag / fps;
}
