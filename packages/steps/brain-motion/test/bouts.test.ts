// When the animal runs, and what that leaves of its motion.
import { createRandom } from "@minisim/random";
import { expect, test } from "vitest";
import { type Bouts, locomotionShares, motionLevels } from "../src/bouts.ts";

const bouts: Bouts = { locomotion_bout_s: 4, rest_s: 12, rest_fraction: 0.15 };
const FPS = 20;
const CV_SQUARED = 0.8 ** 2;
const drawsOf = (seed: number) => createRandom(seed).stream("bouts");
const sharesOf = (seed: number, seconds: number) =>
  locomotionShares(bouts, seconds * FPS, FPS, drawsOf(seed));
const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

test("the share of time in locomotion is that of the mean durations", () => {
  const cycles = 4000;
  const share = mean(sharesOf(1, cycles * 16));
  // Of a renewal process of n cycles: cv √2 · p (1 − p) / √n; 5 of them.
  const spread = Math.sqrt((2 * CV_SQUARED) / cycles) * 0.25 * 0.75;
  expect(Math.abs(share - 0.25)).toBeLessThan(5 * spread);
});

test("any frame is in locomotion with that share, the first like the last", () => {
  const runs = 4000;
  const first = Array.from({ length: runs }, (_, seed) => sharesOf(seed, 1));
  for (const at of [0, FPS - 1]) {
    const share = mean(first.map((shares) => shares[at]!));
    // A share between 0 and 1 varies no more than a coin of its mean; 5 standard deviations.
    expect(Math.abs(share - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / runs));
  }
});

test("durations have their means and their spread", () => {
  const shares = sharesOf(2, 64_000);
  for (const [moves, duration_s] of [
    [true, bouts.locomotion_bout_s],
    [false, bouts.rest_s],
  ] as const) {
    const durations = runsOf(shares, moves).map((frames) => frames / FPS);
    const average = mean(durations);
    const variance = mean(durations.map((value) => (value - average) ** 2));
    // Runs of whole frames: 0.05 s at either end are cut or merged, at most. 5 standard errors on top.
    const error = 5 * Math.sqrt(CV_SQUARED / durations.length);
    expect(Math.abs(average / duration_s - 1)).toBeLessThan(error + 0.05 / duration_s);
    // A log-normal of σ² = ln(1 + cv²) has a kurtosis of 1.64⁴ + 2 · 1.64³ + 3 · 1.64² − 3 = 21: the variance of n is off by √(20/n).
    const off = Math.abs(variance / (duration_s * duration_s * CV_SQUARED) - 1);
    expect(off).toBeLessThan(5 * Math.sqrt(20 / durations.length));
  }
});

test("motion comes and goes smoothly, and little is left at rest", () => {
  const levels = motionLevels(bouts, 20_000, FPS, () => drawsOf(3))!;
  expect(Math.min(...levels)).toBeGreaterThanOrEqual(bouts.rest_fraction);
  // sums of shares round once
  expect(Math.max(...levels)).toBeLessThanOrEqual(1 + 1e-12);
  // From one frame to the next at most the exponential's first step, 1 − e^(−1/6).
  const most = (1 - bouts.rest_fraction) * (1 - Math.exp(-1 / (0.3 * FPS)));
  const steps = levels.slice(1).map((level, t) => Math.abs(level - levels[t]!));
  expect(Math.max(...steps)).toBeLessThanOrEqual(most * (1 + 1e-12));
  // Three quarters of the time are rest, of which a second or two follow each bout: well over half is quiet.
  const quiet = levels.filter((level) => level < 1.2 * bouts.rest_fraction).length / levels.length;
  expect(quiet).toBeGreaterThan(0.5);
  expect(quiet).toBeLessThan(0.8);
});

test("an animal that never rests draws nothing", () => {
  const draws = () => {
    throw new Error("drawn");
  };
  expect(motionLevels({ ...bouts, rest_s: 0 }, 100, FPS, draws)).toBeNull();
});

/** Lengths in frames of the runs of whole frames in one state, but for the first and the last. */
function runsOf(shares: Float64Array, moves: boolean): number[] {
  const runs: number[] = [];
  let length = 0;
  for (const share of shares) {
    if (share >= 0.5 === moves) length++;
    else if (length > 0) {
      runs.push(length);
      length = 0;
    }
  }
  return runs.slice(1);
}
