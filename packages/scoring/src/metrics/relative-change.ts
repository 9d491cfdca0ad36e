// The error of an estimated ΔF/F: how far a trace is from the true one above their baselines, whatever its unit.
import { quantile } from "@minisim/kernels/statistics";
import { assertSameLength } from "./correlation.ts";

/** The share of frames below the baseline F0 of either side; an estimate, as is usual. */
const BASELINE = 0.1;

/**
 * min over a ≥ 0 of ‖ΔF_true − a · ΔF_est‖ / ‖ΔF_true‖, 0 to 1, where ΔF = F − F0 and F0 is the 10th percentile over the recording: 0 for a
 * perfect trace, 1 for one that says nothing. The scale a, and with it an estimate's F0 as a divisor, cannot be told: what an estimate calls F
 * has an arbitrary unit, and holds whatever background was left in it. Null where either is constant or not finite.
 * @throws RangeError when the lengths differ.
 */
export function relativeChangeError(
  estimate: ArrayLike<number>,
  truth: ArrayLike<number>,
): number | null {
  assertSameLength("trace", estimate, truth);
  const found = aboveBaseline(estimate);
  const real = aboveBaseline(truth);
  if (found === null || real === null) return null;
  let [along, length, whole] = [0, 0, 0];
  for (const [t, value] of real.entries()) {
    along += found[t]! * value;
    length += found[t]! * found[t]!;
    whole += value * value;
  }
  const explained = along > 0 ? (along / length) * (along / whole) : 0;
  return Math.sqrt(Math.max(0, 1 - explained));
}

/** In units of the largest deviation; null for a constant, or values that are not finite. */
function aboveBaseline(values: ArrayLike<number>): Float64Array | null {
  const trace = Float64Array.from(values);
  if (!trace.every(Number.isFinite)) return null;
  const rest = quantile(trace.slice().sort(), BASELINE);
  const change = trace.map((value) => value - rest);
  const largest = change.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest > 0 && largest < Infinity ? change.map((value) => value / largest) : null;
}
