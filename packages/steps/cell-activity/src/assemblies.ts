// Assemblies: groups of cells that fire bursts in common events.
import { type BurstDraws, type BurstShape, pushBurst } from "./burst.ts";
import { type Draws, GrowingList } from "./trains.ts";

export interface AssemblyParams extends BurstShape {
  readonly assemblies: number;
  readonly assembly_size: number;
  readonly assembly_rate_hz: number;
  readonly assembly_participation: number;
  readonly assembly_jitter_s: number;
}

/** Times of an assembly's events: from frame 0 on, and before it, each ascending in its distance from there. */
export interface Assembly {
  readonly events_s: Float64Array;
  readonly past_events_s: Float64Array;
}

/** The events of every assembly: a Poisson process each. */
export function assembliesOf(
  { assemblies, assembly_rate_hz }: AssemblyParams,
  { end_s, past_s }: { readonly end_s: number; readonly past_s: number },
  draws: Draws<BurstDraws>,
): readonly Assembly[] {
  return Array.from({ length: assemblies }, (_, index) => ({
    events_s: poissonTimes(assembly_rate_hz, end_s, draws.shared("assembly", index)),
    past_events_s: poissonTimes(assembly_rate_hz, past_s, draws.shared("past_assembly", index)),
  }));
}

function poissonTimes(rate_hz: number, end_s: number, draws: BurstDraws): Float64Array {
  const times = new GrowingList();
  if (!(rate_hz > 0)) return times.values();
  for (let time = draws.exponential() / rate_hz; time < end_s; ) {
    times.push(time);
    time += draws.exponential() / rate_hz;
  }
  return times.values();
}

/**
 * The spikes that a cell fires with its assemblies, in no order. It belongs to each with the probability `assembly_size`, by a draw of its own, so
 * that other cells change nothing; and takes part in an event with the probability `assembly_participation` times its rate over the mean, so
 * that cells that seldom fire stay so.
 */
export function assemblySpikes(
  params: AssemblyParams,
  assemblies: readonly Assembly[],
  cell: number,
  relativeRate: number,
  draws: Draws<BurstDraws>,
): Float64Array {
  const times = new GrowingList();
  if (assemblies.length === 0) return times.values();
  const participation = Math.min(1, params.assembly_participation * relativeRate);
  const membership = draws.ofCell(cell, "membership");
  for (const [index, { events_s, past_events_s }] of assemblies.entries()) {
    if (!membership.bernoulli(params.assembly_size)) continue;
    const join = (purpose: string, events: Float64Array, sign: 1 | -1) => {
      const own = draws.ofCell(cell, purpose, index);
      for (const event of events) {
        if (!own.bernoulli(participation)) continue;
        const start = sign * event + params.assembly_jitter_s * own.exponential();
        pushBurst(params, start, own, times);
      }
    };
    join("participation", events_s, 1);
    join("past_participation", past_events_s, -1);
  }
  return times.values();
}
