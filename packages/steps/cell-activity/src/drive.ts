// The shared drive: a slow factor on the rates of all cells at once, as a clock that runs faster and slower.
import { exp, log1p } from "@minisim/kernels/math";
import { ornsteinUhlenbeck } from "@minisim/random";
import type { Draws, TimeWindow } from "./trains.ts";

/** The time at which this much of a steady time, in seconds, has passed since `from_s`; Infinity beyond the clock's end. */
export type Clock = (from_s: number, steady_s: number) => number;

const STEADY: Clock = (from_s, steady_s) => from_s + steady_s;

/**
 * The clocks from frame 0 on and, backwards, from there into the past. The factor on the rates is exp(σ x − σ²/2), mean 1, with x an
 * Ornstein-Uhlenbeck process that is constant within a frame; without a drive the clocks are steady.
 */
export function driveClocks(
  { drive_cv, drive_tau_s }: { readonly drive_cv: number; readonly drive_tau_s: number },
  { fps, n_frames, past_frames }: TimeWindow,
  draws: Draws<{ normal(): number }>,
): { readonly future: Clock; readonly past: Clock } {
  if (drive_cv === 0) return { future: STEADY, past: STEADY };
  const correlation = drive_tau_s * fps;
  const future = ornsteinUhlenbeck(n_frames + 1, correlation, draws.shared("drive").normal);
  // The process looks the same backwards: the past begins with what frame 0 is, and goes on by draws of its own.
  const { normal } = draws.shared("past_drive");
  let isFirst = true;
  const past = ornsteinUhlenbeck(past_frames + 1, correlation, () => {
    if (!isFirst) return normal();
    isFirst = false;
    return future[0]!;
  });
  const variance = log1p(drive_cv * drive_cv);
  const factors = (x: Float64Array) =>
    x.map((value) => exp(Math.sqrt(variance) * value - variance / 2));
  return { future: clockOf(factors(future), fps), past: clockOf(factors(past.subarray(1)), fps) };
}

/** A clock that runs by `factors`, one a frame. */
function clockOf(factors: Float64Array, fps: number): Clock {
  return (from_s, steady_s) => {
    let left = steady_s * fps;
    let place = from_s * fps;
    for (let frame = Math.floor(place); frame < factors.length; frame++) {
      const passes = (frame + 1 - place) * factors[frame]!;
      if (passes > left) return (place + left / factors[frame]!) / fps;
      left -= passes;
      place = frame + 1;
    }
    return Number.POSITIVE_INFINITY;
  };
}
