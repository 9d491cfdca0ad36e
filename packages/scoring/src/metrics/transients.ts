// Transients of a trace: rises that stand out of its noise.
import { quantile } from "@minisim/kernels/statistics";

/** A rise from the frame `start`, the lowest before it, to the frame `peak`. */
export interface Transient {
  readonly start: number;
  readonly peak: number;
  readonly height: number;
}

/** A rise must be this many standard deviations of the noise: of white noise, less than one trace of 3000 frames in a hundred has one (test). */
const NOISES = 8;
/** And this share of the trace's range: a denoised trace has no noise, and small rises that nobody would call transients. An estimate. */
const SHARE = 0.1;
/** Of the normal distribution: its standard deviation over the median of its absolute value. */
const SD_OF_MAD = 1.482602218505602;

/**
 * The rises between turning points of a trace, in time. A rise ends where the trace has fallen again by as much as a rise must be, so that noise on
 * the way neither ends nor begins one. The noise is told by the median bend of the trace over three frames. None in a trace that is not finite throughout, or of fewer than three frames.
 */
export function transientsOf(trace: ArrayLike<number>): Transient[] {
  const values = Float64Array.from(trace);
  if (values.length < 3 || !values.every(Number.isFinite)) return [];
  const least = Math.max(NOISES * noiseOf(values), SHARE * rangeOf(values));
  const found: Transient[] = [];
  let [low, high] = [0, -1];
  const heightOf = (peak: number) => values[peak]! - values[low]!;
  for (let t = 1; t < values.length; t++) {
    const value = values[t]!;
    if (high < 0) {
      if (value <= values[low]!) low = t;
      else if (heightOf(t) >= least) high = t;
    } else if (value > values[high]!) {
      high = t;
    } else if (values[high]! - value >= least) {
      found.push({ start: low, peak: high, height: heightOf(high) });
      [low, high] = [t, -1];
    }
  }
  if (high >= 0) found.push({ start: low, peak: high, height: heightOf(high) });
  return least > 0 ? found : [];
}

/** By how each frame differs from the middle of its neighbours, which a decay hardly does: of white noise √(3/2) of its standard deviation. */
function noiseOf(values: Float64Array): number {
  const bends = Float64Array.from({ length: values.length - 2 }, (_, t) =>
    Math.abs(values[t + 1]! - (values[t]! + values[t + 2]!) / 2),
  );
  return (SD_OF_MAD * quantile(bends.sort(), 0.5)) / Math.sqrt(1.5);
}

function rangeOf(values: Float64Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}
