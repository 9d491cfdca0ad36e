// When the animal runs and when it rests: how much of the motion of locomotion there is in each frame.
import { exp } from "@minisim/kernels/math";
import type { Stream } from "@minisim/random";

export interface Bouts {
  readonly locomotion_bout_s: number;
  /** 0: the animal never rests. */
  readonly rest_s: number;
  readonly rest_fraction: number;
}

export type BoutDraws = Pick<Stream, "uniform" | "lognormal">;

/** Spread of durations around their mean. Estimate: the middle 80 of 100 last from 0.3 to 1.9 means, and few are shorter than a stride. */
const DURATION_CV = 0.8;
/** Estimate: two strides from a stand to a run, and back. */
const ONSET_S = 0.3;

/**
 * Share of each frame's time in locomotion. Bouts and rests alternate, each with a log-normal duration of the given mean: a two-state
 * semi-Markov process. It is stationary from frame 0 on: a state comes first in proportion to its share of time, durations that hold a given
 * moment are drawn in proportion to their length, and the recording begins anywhere in the first (renewal theory: Cox 1962).
 */
export function locomotionShares(
  { locomotion_bout_s, rest_s }: Bouts,
  n_frames: number,
  fps: number,
  { uniform, lognormal }: BoutDraws,
): Float64Array {
  const meanFrames = (moves: boolean) => fps * (moves ? locomotion_bout_s : rest_s);
  const shares = new Float64Array(n_frames);
  let moves = uniform() * (locomotion_bout_s + rest_s) < locomotion_bout_s;
  // In proportion to its length, a log-normal duration has 1 + cv² times the mean, and the same spread.
  const longer = 1 + DURATION_CV * DURATION_CV;
  let start = 0;
  let end = uniform() * lognormal(longer * meanFrames(moves), DURATION_CV);
  while (start < n_frames) {
    if (moves) addInterval(shares, start, Math.min(end, n_frames));
    moves = !moves;
    start = end;
    end += lognormal(meanFrames(moves), DURATION_CV);
  }
  return shares;
}

/** Adds an interval, in frames, to the frames that it overlaps. */
function addInterval(shares: Float64Array, start: number, end: number): void {
  for (let t = Math.floor(start); t < end; t++) {
    shares[t]! += Math.min(end, t + 1) - Math.max(start, t);
  }
}

/**
 * The motion of each frame relative to that of steady locomotion: `rest_fraction` at rest, 1 in locomotion. It approaches either exponentially,
 * with a time constant of 0.3 s. Null where the animal never rests.
 */
export function motionLevels(
  bouts: Bouts,
  n_frames: number,
  fps: number,
  draws: () => BoutDraws,
): Float64Array | null {
  if (bouts.rest_s === 0) return null;
  const shares = locomotionShares(bouts, n_frames, fps, draws());
  const approach = 1 - exp(-1 / (ONSET_S * fps));
  let level = shares[0] ?? 0;
  return shares.map((share) => {
    level += approach * (share - level);
    return bouts.rest_fraction + (1 - bouts.rest_fraction) * level;
  });
}
