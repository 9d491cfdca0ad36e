// Each indicator's response to one spike, and its ceiling, are the published ones.
import { describe, expect, test } from "vitest";
import { INDICATORS, type IndicatorName, indicatorNames } from "../src/indicators.ts";
import { type Given, simulate } from "./simulate.ts";

const ALIKE = { kinetics_cv: 0, response_cv: 0, brightness_cv: 0, f0: 1 } as const;

const CHEN = "Chen et al. 2013, doi:10.1038/nature12354, mouse visual cortex";
const ZHANG = "Zhang et al. 2023, doi:10.1038/s41586-023-05828-9, cultured neurons";
const DANA = "Dana et al. 2019, doi:10.1038/s41592-019-0435-6, 4.96 times GCaMP6s in culture";
const SONG = "Song et al. 2021, doi:10.1016/j.jneumeth.2021.109173, purified protein";
const QUOTED = "estimate, commonly quoted";

interface Published {
  /** ΔF/F₀ of one spike, time to peak and half-decay, s. */
  readonly spike: readonly [size: number, time_to_peak_s: number, half_decay_s: number];
  readonly spike_sources: readonly [size: string, time_to_peak: string, half_decay: string];
  /** ΔF/F₀ at saturation: R K^n / (1 + K^n + R) of the curve's source, at a resting calcium of 50 nM. No laboratory measured it in a cell. */
  readonly ceiling: number;
  readonly ceiling_source: string;
}

/** Numbers out of the literature, written down apart from the table that the step uses. */
const PUBLISHED: Readonly<Record<Exclude<IndicatorName, "linear">, Published>> = {
  gcamp6f: {
    spike: [0.19, 0.06, 0.142],
    spike_sources: [CHEN, `${CHEN}: 50 to 75 ms`, `${QUOTED} of Chen et al.`],
    ceiling: 20.5,
    ceiling_source: `${SONG}: 290 nM, 2.7, 25.2`,
  },
  gcamp6s: {
    spike: [0.23, 0.125, 0.55],
    spike_sources: [CHEN, `${CHEN}: 100 to 150 ms`, `${QUOTED} of Chen et al.`],
    ceiling: 9.0,
    ceiling_source: `${SONG}: 147 nM, 2.45, 27.2`,
  },
  gcamp6m: {
    spike: [0.13, 0.09, 0.27],
    spike_sources: [CHEN, `${CHEN}: 75 to 100 ms`, `${QUOTED} of Chen et al.`],
    ceiling: 17.9,
    ceiling_source: `${QUOTED} of Chen et al.: 167 nM, 2.96, 37.1`,
  },
  gcamp7f: {
    spike: [0.21, 0.0995, 0.182],
    spike_sources: [ZHANG, ZHANG, ZHANG],
    ceiling: 10.9,
    ceiling_source: `${SONG}: 174 nM, 2.3, 30.2`,
  },
  gcamp7s: {
    spike: [0.66, 0.2, 1.2],
    spike_sources: [DANA, "estimate, slower than GCaMP6s", "estimate, twice GCaMP6s"],
    ceiling: 2.0,
    ceiling_source: `${SONG}: 68 nM, 2.49, 40.4`,
  },
  gcamp8f: {
    spike: [0.41, 0.0248, 0.067],
    spike_sources: [ZHANG, ZHANG, ZHANG],
    ceiling: 30.9,
    ceiling_source: `${QUOTED} of Zhang et al.: 334 nM, 2.08, 77.8`,
  },
  gcamp8m: {
    spike: [0.76, 0.029, 0.118],
    spike_sources: [ZHANG, ZHANG, ZHANG],
    ceiling: 3.9,
    ceiling_source: `${QUOTED} of Zhang et al.: 108 nM, 1.92, 44.7`,
  },
  gcamp8s: {
    spike: [1.11, 0.057, 0.307],
    spike_sources: [ZHANG, ZHANG, ZHANG],
    ceiling: 5.4,
    ceiling_source: `${QUOTED} of Zhang et al.: 46 nM, 2.2, 48.5; rest 20 nM, estimate`,
  },
  ogb1: {
    spike: [0.08, 0.01, 0.3],
    spike_sources: ["estimate, 0.07 to 0.10", "estimate, some ms", "estimate, 0.2 to 0.5 s"],
    ceiling: 3.5,
    ceiling_source: `${SONG}: 250 nM, 1, 14`,
  },
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
  test.each(Object.entries(PUBLISHED))("%s is what was published", (name, { spike }) => {
    const [size, time_to_peak_s, half_decay_s] = spike;
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
  test.each(Object.entries(PUBLISHED))(
    "%s is at the ceiling of its published curve",
    (name, { ceiling }) => {
      // 3000 spikes within three milliseconds: what is left of the curve, K^n/c^n, is below 1e-2 even for OGB-1, whose exponent is 1.
      const times = Array.from({ length: 3000 }, (_, i) => i * 1e-6);
      const { dff } = traceOf({ indicator: name as IndicatorName }, times, 1);
      const peak = dff.reduce((a, b) => Math.max(a, b));
      // Published to two or three digits.
      expect(Math.abs(peak / ceiling - 1)).toBeLessThan(0.02);
      expect(peak).toBeLessThan(ceiling * 1.02);
    },
  );
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

test("ten spikes of 8f are twice as large as in cultured neurons, because its curve is that of the protein", () => {
  const times = Array.from({ length: 10 }, (_, i) => i / 83);
  const { dff } = traceOf({ indicator: "gcamp8f" }, times, 1);
  const slope = (dff.reduce((a, b) => Math.max(a, b)) - PUBLISHED.gcamp8f.spike[0]) / 9;
  // Zhang et al. 2023, extended data figure 6: over the first ten spikes the three jGCaMP8 gain 0.18 to 0.28 a spike.
  const steepest = 0.28;
  expect(slope / steepest).toBeGreaterThan(1.5);
  expect(slope).toBeCloseTo(0.47, 2);
});

test("spikes add up more than in proportion first, and less than that near the ceiling", () => {
  const size = (n: number) =>
    traceOf({ indicator: "gcamp6f" }, Array(n).fill(0), 1).dff.reduce((a, b) => Math.max(a, b));
  expect(size(3) / size(1)).toBeGreaterThan(3);
  expect(size(60) / size(30)).toBeLessThan(2);
});
