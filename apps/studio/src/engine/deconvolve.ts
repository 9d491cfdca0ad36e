// Spikes from a trace: the closest trace that decays by the indicator's constant from each of its jumps, none of which is negative. OASIS of Friedrich,
// Zhou, Paninski 2017, PLoS Comput. Biol. 13:e1005423, for one constant and without a penalty.
import { orderStatistic } from "@minisim/kernels/statistics";

interface Pool {
  value: number;
  weight: number;
  start: number;
  length: number;
}

/** @param decay of the trace from one frame to the next, 0..1. @returns the jump at each frame. */
export function deconvolve(trace: Float64Array, decay: number): Float64Array {
  const base = baselineOf(trace);
  const pools: Pool[] = [];
  for (let t = 0; t < trace.length; t++) {
    pools.push({ value: trace[t]! - base, weight: 1, start: t, length: 1 });
    // A jump that would be negative is none: the two pools decay as one.
    while (pools.length > 1) {
      const [before, last] = [pools.at(-2)!, pools.at(-1)!];
      const kept = decay ** before.length;
      if (last.value >= kept * before.value) break;
      const weight = before.weight + kept * kept * last.weight;
      before.value = (before.weight * before.value + kept * last.weight * last.value) / weight;
      before.weight = weight;
      before.length += last.length;
      pools.pop();
    }
  }
  const spikes = new Float64Array(trace.length);
  for (const [i, { value, start }] of pools.entries()) {
    const before = pools[i - 1];
    // Of the first pool nobody knows what came before it.
    if (before) spikes[start] = Math.max(0, value - decay ** before.length * before.value);
  }
  return spikes;
}

/** The value below which a fifth of the trace lies. */
function baselineOf(trace: Float64Array): number {
  return orderStatistic(trace.slice().sort(), 0.2);
}

/** Sums of `values`, which are at times of frames, in bins of some seconds; the last is left out where it is cut. */
export function binned(values: Float64Array, fps: number, seconds: number): Float64Array {
  const bins = new Float64Array(Math.max(1, Math.floor(values.length / fps / seconds)));
  for (const [t, value] of values.entries()) {
    const bin = Math.floor((t + 0.5) / fps / seconds);
    if (bin < bins.length) bins[bin]! += value;
  }
  return bins;
}
