// Each indicator's response to one spike, and its ceiling, are the published ones.
import { describe, expect, test } from "vitest";
import { INDICATORS, type IndicatorName, indicatorNames } from "../src/indicators.ts";
import { type Given, simulate } from "./simulate.ts";

const ALIKE = { kinetics_cv: 0, response_cv: 0, brightness_cv: 0, f0: 1 } as const;

/**
 * Written down once more, apart from the table: ΔF/F₀ of one spike, time to peak and half-decay (s), and ΔF/F₀ at saturation, computed by hand from Kd, n, ΔFmax/Fapo
 * and resting calcium. Sources as in src/indicators.ts.
 */
const PUBLISHED: Readonly<Record<Exclude<IndicatorName, "linear">, readonly number[]>> = {
  gcamp6f: [0.19, 0.06, 0.142, 20.5],
  gcamp6s: [0.23, 0.125, 0.55, 9.0],
  gcamp6m: [0.13, 0.09, 0.27, 17.9],
  gcamp7f: [0.21, 0.0995, 0.182, 10.9],
  gcamp7s: [0.66, 0.2, 1.2, 2.0],
  gcamp8f: [0.41, 0.0248, 0.067, 30.9],
  gcamp8m: [0.76, 0.029, 0.118, 3.9],
  gcamp8s: [1.11, 0.057, 0.307, 5.4],
  ogb1: [0.08, 0.01, 0.3, 3.5],
};

/** ΔF/F₀ at every half millisecond after these spikes, as a movie without exposure would have it. */
function traceOf(given: Given, times: readonly number[], seconds: number) {
  const fps = 2000;
  const source = { spikesOf: () => Float64Array.from(times) };
  const recorded = { n_cells: 1, n_frames: seconds * fps, fps, source };
  const { C } = simulate({ ...ALIKE, sampling_hz: fps, ...given }, recorded);
  return { dff: C.map((value) => value - 1), at: (index: number) => (index + 0.5) / fps };
}

const STEP_S = 1 / 2000;

describe("one spike of", () => {
  test.each(Object.entries(PUBLISHED))("%s is what was published", (name, published) => {
    const [size, time_to_peak_s, half_decay_s] = published as [number, number, number];
    const { dff, at } = traceOf({ indicator: name as IndicatorName }, [0], 4);
    const peak = dff.reduce((a, b) => Math.max(a, b));
    const top = dff.indexOf(peak);
    const half = dff.findIndex((value, i) => i > top && value < peak / 2);
    // A sample lies within half a step of the peak, where the transient is flat: the shortest, 8f, falls by (t/τ_r)²/2 = 3e-4 there.
    expect(Math.abs(peak / size - 1)).toBeLessThan(1e-3);
    expect(Math.abs(at(top) - time_to_peak_s)).toBeLessThanOrEqual(STEP_S);
    expect(Math.abs(at(half) - at(top) - half_decay_s)).toBeLessThanOrEqual(2 * STEP_S);
  });
});

describe("saturated,", () => {
  test.each(Object.entries(PUBLISHED))("%s is at its published ceiling", (name, published) => {
    const ceiling = published[3]!;
    // 3000 spikes within three milliseconds: what is left of the curve, K^n/c^n, is below 1e-2 even for OGB-1, whose exponent is 1.
    const times = Array.from({ length: 3000 }, (_, i) => i * 1e-6);
    const { dff } = traceOf({ indicator: name as IndicatorName }, times, 1);
    const peak = dff.reduce((a, b) => Math.max(a, b));
    // Published to two or three digits.
    expect(Math.abs(peak / ceiling - 1)).toBeLessThan(0.02);
    expect(peak).toBeLessThan(ceiling * 1.02);
  });
});

test("every indicator has published numbers, and linear has none", () => {
  expect([...Object.keys(PUBLISHED), "linear"].sort()).toEqual([...indicatorNames].sort());
  expect(Object.keys(INDICATORS)).not.toContain("linear");
});

test("a spike of linear adds 1 to the resting light", () => {
  const { dff } = traceOf({ indicator: "linear", f0: 1 }, [0], 2);
  // Samples miss the peak by at most a quarter of a millisecond: curvature 1/(τr τd) = 40 /s².
  const peak = dff.reduce((a, b) => Math.max(a, b));
  expect(peak).toBeGreaterThan(1 - 20 * (STEP_S / 2) ** 2);
  expect(peak).toBeLessThanOrEqual(1 + 1e-12);
});

test("time constants of one's own take the place of the indicator's, not of its Hill curve", () => {
  const given = { indicator: "gcamp6f", tau_rise_s: 0.1, tau_decay_s: 1 } as const;
  const { dff, at } = traceOf(given, [0], 3);
  const peak = dff.reduce((a, b) => Math.max(a, b));
  expect(Math.abs(peak / 0.19 - 1)).toBeLessThan(1e-3);
  // ln(10) · 0.1 / 0.9
  expect(Math.abs(at(dff.indexOf(peak)) - 0.25584)).toBeLessThanOrEqual(STEP_S);
});

test("spikes add up more than in proportion first, and less than that near the ceiling", () => {
  const size = (n: number) =>
    traceOf({ indicator: "gcamp6f" }, Array(n).fill(0), 1).dff.reduce((a, b) => Math.max(a, b));
  expect(size(3) / size(1)).toBeGreaterThan(3);
  expect(size(60) / size(30)).toBeLessThan(2);
});
