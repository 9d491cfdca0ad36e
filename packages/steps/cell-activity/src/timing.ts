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
  const taus = { tau_rise_s, tau_decay_s };
  const { time_s, height } = kernelPeak(taus);
  const rising = bisect((t) => transient(taus, t) <= height / 2, 0, time_s);
  return { time_to_peak_s: time_s, fwhm_s: crossing(taus, 0.5) - rising };
}

const transient = ({ tau_rise_s, tau_decay_s }: KernelTaus, t: number): number =>
  exp(-t / tau_decay_s) - exp(-t / tau_rise_s);

/** When the falling transient passes the share `level` of its peak. */
function crossing(taus: KernelTaus, level: number): number {
  const { time_s, height } = kernelPeak(taus);
  // The decay alone, exp(−t/τd) ≤ level · height, bounds the crossing from above.
  const latest = -taus.tau_decay_s * log(level * height);
  return bisect((t) => transient(taus, t) > level * height, time_s, latest);
}

/** From the peak of the transient to the share `level` of it. */
const fallTime = (taus: KernelTaus, level: number): number =>
  crossing(taus, level) - kernelPeak(taus).time_s;

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
  return tausPeakingAt(time_to_peak_s, ({ tau_rise_s, tau_decay_s }) => {
    const timing = kernelTiming(tau_rise_s, tau_decay_s);
    return timing.time_to_peak_s / timing.fwhm_s < wanted;
  });
}

/**
 * The time constants whose transient peaks after `time_to_peak_s` and has fallen to the share `level` of its peak `decay_s` later. Clamped as
 * those of tauFromTiming.
 */
export function tausFromDecay(time_to_peak_s: number, decay_s: number, level: number): KernelTaus {
  return tausPeakingAt(
    time_to_peak_s,
    (taus) => fallTime(taus, level) * time_to_peak_s > decay_s * kernelPeak(taus).time_s,
  );
}

/** Of the transients that peak at `time_to_peak_s`, the widest that is not too wide: they get narrower as τ_rise/τ_decay grows. */
function tausPeakingAt(time_to_peak_s: number, tooWide: (taus: KernelTaus) => boolean): KernelTaus {
  const unit = (tau_rise_s: number): KernelTaus => ({ tau_rise_s, tau_decay_s: 1 });
  const ratio = bisect((ratio) => tooWide(unit(ratio)), LEAST_RATIO, MOST_RATIO);
  const tau_decay_s = time_to_peak_s / kernelPeak(unit(ratio)).time_s;
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
