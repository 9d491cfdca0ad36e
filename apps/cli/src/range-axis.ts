// The axis of range bars: logarithmic, around the middle of the range.

/** The axis reaches this factor below and above the middle of the range. */
const REACH = 10;

/**
 * Where values lie on the axis, 0 at its low end and 1 at its high end; outside of them what is off the axis. Null where a bound is 0 or less, of which
 * there is no logarithm.
 */
export function rangeAxis(low: number, high: number): ((value: number) => number) | null {
  if (!(low > 0)) return null;
  const middle = Math.sqrt(low * high);
  return (value) => (value > 0 ? (Math.log(value / middle) / Math.log(REACH) + 1) / 2 : -1);
}
