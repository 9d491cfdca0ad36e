// The calcium transient of one spike, k(t) = exp(−t/τ_decay) − exp(−t/τ_rise), and its two visible times.
import { exp, log } from "@minisim/kernels/math";

export interface KernelTiming {
  readonly time_to_peak_s: number;
  /** Full width at half maximum. */
  readonly fwhm_s: number;
}

export interface KernelTaus {
  readonly tau_rise_s: number;
  readonly tau_decay_s: number;
}

// Time to peak over width grows with τ_rise/τ_decay, from 0 towards that of t·exp(−t/τ) at equal time constants, 0.409.
// The search stops short of both ends: nearer to 1 the two exponentials cancel.
const LEAST_RATIO = 1e-6;
const MOST_RATIO = 0.999;

/** The maximum of the difference of exponentials, at t = ln(τd/τr)·τd·τr/(τd − τr). */
export function kernelPeak({ tau_rise_s, tau_decay_s }: KernelTaus): {
  readonly time_s: number;
  readonly height: number;
} {
  const time_s =
    (log(tau_decay_s / tau_rise_s) * tau_decay_s * tau_rise_s) / (tau_decay_s - tau_rise_s);
  return { time_s, height: exp(-time_s / tau_decay_s) - exp(-time_s / tau_rise_s) };
}

/**
 * Time to peak and width of the transient with these time constants (s), accurate to the last few bits.
 * Throws a RangeError unless 0 < tau_rise_s < tau_decay_s.
 */
export function kernelTiming(tau_rise_s: number, tau_decay_s: number): KernelTiming {
  if (!(tau_rise_s > 0 && tau_rise_s < tau_decay_s && tau_decay_s < Infinity)) {
    throw new RangeError("Time constants must satisfy 0 < tau_rise_s < tau_decay_s.");
  }
  const { time_s, height } = kernelPeak({ tau_rise_s, tau_decay_s });
  const aboveHalf = (t: number) => exp(-t / tau_decay_s) - exp(-t / tau_rise_s) > height / 2;
  const rising = bisect((t) => !aboveHalf(t), 0, time_s);
  // The decay alone, exp(−t/τd) ≤ height/2, bounds the falling crossing from above.
  const falling = bisect(aboveHalf, time_s, -tau_decay_s * log(height / 2));
  return { time_to_peak_s: time_s, fwhm_s: falling - rising };
}

/**
 * The time constants whose transient peaks after `time_to_peak_s` and is `fwhm_s` wide (s): the inverse of kernelTiming.
 * A ratio of the two beyond what the transient can do (0 to 0.409) is clamped; the time to peak is then met and the
 * width is not. Throws a RangeError for times that are not positive.
 */
export function tauFromTiming(time_to_peak_s: number, fwhm_s: number): KernelTaus {
  if (!(time_to_peak_s > 0 && fwhm_s > 0 && time_to_peak_s < Infinity && fwhm_s < Infinity)) {
    throw new RangeError("The time to peak and the width must be positive.");
  }
  const wanted = time_to_peak_s / fwhm_s;
  const tooSlow = (ratio: number) => {
    const timing = kernelTiming(ratio, 1);
    return timing.time_to_peak_s / timing.fwhm_s < wanted;
  };
  const ratio = bisect(tooSlow, LEAST_RATIO, MOST_RATIO);
  const tau_decay_s = time_to_peak_s / kernelPeak({ tau_rise_s: ratio, tau_decay_s: 1 }).time_s;
  return { tau_rise_s: ratio * tau_decay_s, tau_decay_s };
}

/** Where `before` turns false between low and high, to the last bit. */
function bisect(before: (x: number) => boolean, low: number, high: number): number {
  let [a, b] = [low, high];
  for (;;) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) return before(b) ? b : a;
    if (before(middle)) a = middle;
    else b = middle;
  }
}
