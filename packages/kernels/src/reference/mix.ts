// Linear interpolation, of the verbs that move frames.

/** From one value to another; at a fraction of 0 the first alone, whatever the other is. */
export function mix(from: number, to: number, fraction: number): number {
  return fraction === 0 ? from : (1 - fraction) * from + fraction * to;
}
