// One burst: a geometric number of spikes, at exponential intervals beyond the refractory time.

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
