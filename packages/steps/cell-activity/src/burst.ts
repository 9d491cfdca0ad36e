// One burst of spikes, and how long a cell waits behind one.

export interface BurstDraws {
  uniform(): number;
  normal(): number;
  exponential(): number;
  geometric(p: number): number;
  bernoulli(p: number): boolean;
}

export interface BurstShape {
  readonly burst_mean: number;
  readonly burst_interval_s: number;
  readonly refractory_s: number;
}

/** The spikes of one burst that begins at `start_s`; returns the last one's time. */
export function pushBurst(
  { burst_mean, burst_interval_s, refractory_s }: BurstShape,
  start_s: number,
  draws: BurstDraws,
  into: { push(time: number): void },
): number {
  let time = start_s;
  into.push(time);
  for (let more = draws.geometric(1 / burst_mean); more > 0; more--) {
    time += refractory_s + (burst_interval_s - refractory_s) * draws.exponential();
    into.push(time);
  }
  return time;
}

/**
 * The mean wait behind a burst and its refractory time, so that the cell fires at this rate: a burst of m spikes every m/rate seconds. 0, and
 * the rate is not met, where bursts alone last longer.
 */
export function waitOf(shape: BurstShape, rate_hz: number): number {
  const { burst_mean: m, burst_interval_s, refractory_s } = shape;
  return Math.max(0, m / rate_hz - refractory_s - (m - 1) * burst_interval_s);
}
