// Spikes of cells that fire short bursts at rates of their own, some of them together.
import { exp } from "@minisim/kernels/math";
import { assembliesOf, assemblySpikes } from "./assemblies.ts";
import { type BurstDraws, type BurstShape, pushBurst } from "./burst.ts";
import { type Clock, driveClocks } from "./drive.ts";
import { type Draws, GrowingList, type SpikeSource, type TimeWindow } from "./trains.ts";

export interface BurstParams extends BurstShape {
  readonly rate_hz: number;
  readonly rate_log10_sd: number;
  readonly silent_fraction: number;
  readonly drive_cv: number;
  readonly drive_tau_s: number;
  readonly assemblies: number;
  readonly assembly_size: number;
  readonly assembly_rate_hz: number;
  readonly assembly_participation: number;
  readonly assembly_jitter_s: number;
}

/**
 * Each cell has a rate of its own and fires bursts, between which it waits for an exponential time: a Poisson process with bursts in place of its
 * events. What lies before frame 0 is drawn backwards in time from there, by streams of its own: how long the past has to be, which
 * the indicator decides, moves no spike of the recording.
 */
export function burstSource(
  params: BurstParams,
  window: TimeWindow,
  draws: Draws<BurstDraws>,
): SpikeSource {
  const { fps, n_frames, past_frames } = window;
  const end_s = n_frames / fps;
  const past_s = past_frames / fps;
  const clocks = driveClocks(params, window, draws);
  const assemblies = assembliesOf(params, { end_s, past_s }, draws);
  return {
    spikesOf(cell) {
      const isSilent =
        params.silent_fraction > 0 &&
        draws.ofCell(cell, "silence").bernoulli(params.silent_fraction);
      const relative = relativeRate(params, cell, draws);
      if (isSilent || !(params.rate_hz > 0)) return new Float64Array(0);
      const wait_s = waitOf(params, params.rate_hz * relative);
      const stretch = (purpose: "" | "past_", until_s: number, clock: Clock) =>
        burstTimes(params, wait_s, until_s, clock, {
          waits: draws.ofCell(cell, `${purpose}spikes`),
          bursts: draws.ofCell(cell, `${purpose}bursts`),
        });
      const past = stretch("past_", past_s, clocks.past);
      const own = joined(past, stretch("", end_s, clocks.future), params.refractory_s);
      const together = assemblySpikes(params, assemblies, cell, relative, draws);
      return merged(own, together, params.refractory_s, { from_s: -past_s, end_s });
    },
  };
}

/** A cell's rate over the mean rate: lognormal with the mean 1. */
function relativeRate({ rate_log10_sd }: BurstParams, cell: number, draws: Draws<BurstDraws>) {
  if (rate_log10_sd === 0) return 1;
  const sd = rate_log10_sd * Math.LN10;
  return exp(sd * draws.ofCell(cell, "rate").normal() - (sd * sd) / 2);
}

/**
 * The mean wait behind a burst and its refractory time, so that the cell fires at this rate: a burst of m spikes every m/rate seconds. 0, and
 * the rate is not met, where bursts alone last longer.
 */
export function waitOf(shape: BurstShape, rate_hz: number): number {
  const { burst_mean: m, burst_interval_s, refractory_s } = shape;
  return Math.max(0, m / rate_hz - refractory_s - (m - 1) * burst_interval_s);
}

/** Ascending times in [0, until_s). */
function burstTimes(
  shape: BurstShape,
  wait_s: number,
  until_s: number,
  clock: Clock,
  draws: { readonly waits: BurstDraws; readonly bursts: BurstDraws },
): Float64Array {
  const times = new GrowingList();
  let time = clock(0, wait_s * draws.waits.exponential());
  while (time < until_s) {
    time = pushBurst(shape, time, draws.bursts, times);
    time = clock(time + shape.refractory_s, wait_s * draws.waits.exponential());
  }
  const all = times.values();
  return all.filter((one) => one < until_s);
}

/** The past, which counts from frame 0 backwards, and what follows; of two spikes too near to each other across frame 0, the earlier is left out. */
function joined(past: Float64Array, future: Float64Array, refractory_s: number): Float64Array {
  const first = future[0] ?? Number.POSITIVE_INFINITY;
  const before = past.filter((time) => time > 0 && first + time >= refractory_s);
  const all = new Float64Array(before.length + future.length);
  all.set(before.map((time) => -time).reverse());
  all.set(future, before.length);
  return all;
}

/** A cell's own spikes, all of them, and those of its assemblies that come in time and at least `refractory_s` from all others. */
function merged(
  own: Float64Array,
  together: Float64Array,
  refractory_s: number,
  { from_s, end_s }: { readonly from_s: number; readonly end_s: number },
): Float64Array {
  if (together.length === 0) return own;
  const all = new GrowingList();
  let next = 0;
  let last = Number.NEGATIVE_INFINITY;
  const keep = (time: number) => {
    all.push(time);
    last = time;
  };
  for (const time of together.sort()) {
    while (next < own.length && own[next]! <= time) keep(own[next++]!);
    const isInTime = time >= from_s && time < end_s;
    const isFree = time - last >= refractory_s && (own[next] ?? Infinity) - time >= refractory_s;
    if (isInTime && isFree) keep(time);
  }
  while (next < own.length) keep(own[next++]!);
  return all.values();
}
