// The gate of the first edition: its switching, its spikes, and the traces that it made.
import { createRandom } from "@minisim/random";
import { describe, expect, test } from "vitest";
import { type Dwell, type Firing, gateDwells, spikeBins } from "../src/gate.ts";
import { FIRST_EDITION, type Given, mean, simulate as simulated, variance } from "./simulate.ts";

const fps = 20;
const simulate = (given: Given, n_cells: number, n_frames: number, seed = 0) =>
  simulated({ ...FIRST_EDITION, ...given }, { n_cells, n_frames, seed });

describe("gate", () => {
  const firing: Firing = {
    p_quiescent_to_active: 0.05,
    p_active_to_quiescent: 0.2,
    p_quiescent_spike: 0,
    p_active_spike: 0,
  };
  const n = 4000;
  const frames = 60;
  const random = createRandom(1);
  const gates = Array.from({ length: n }, (_, i) => [
    ...gateDwells(firing, frames, random.stream(i)),
  ]);

  test("is stationary from the first frame to the last", () => {
    const pi = 0.05 / 0.25;
    for (const frame of [0, 1, 7, 59]) {
      const active = gates.filter((dwells) =>
        dwells.some((dwell) => dwell.active && dwell.start <= frame && frame < dwell.end),
      ).length;
      // Five standard deviations of a binomial share.
      expect(Math.abs(active / n - pi)).toBeLessThan(5 * Math.sqrt((pi * (1 - pi)) / n));
    }
  });

  test("covers every frame once, states in turn", () => {
    for (const dwells of gates) {
      let end = 0;
      for (const [i, dwell] of dwells.entries()) {
        if (dwell.start !== end || dwell.end <= dwell.start) end = Number.NaN;
        if (i > 0 && dwell.active === dwells[i - 1]!.active) end = Number.NaN;
        end = dwell.end;
      }
      expect(end).toBe(frames);
    }
  });

  test("switches with the given probability after any time in a state", () => {
    for (const [active, p] of [
      [true, 0.2],
      [false, 0.05],
    ] as const) {
      const stays = gates.flat().filter((d: Dwell) => d.active === active && d.start > 0);
      for (const age of [1, 2, 5, 12]) {
        // Stays that certainly reached this age inside the window, and whether they ended there.
        const seen = stays.filter((d) => d.end - d.start >= age && d.start + age < frames);
        const ended = seen.filter((d) => d.end - d.start === age).length;
        const sd = Math.sqrt((p * (1 - p)) / seen.length);
        expect(Math.abs(ended / seen.length - p)).toBeLessThan(5 * sd);
      }
    }
  });

  test("without any switching stays quiescent, and with certain switching alternates", () => {
    const still = { ...firing, p_quiescent_to_active: 0, p_active_to_quiescent: 0 };
    expect([...gateDwells(still, 9, random.stream("still"))]).toEqual([
      { active: false, start: 0, end: 9 },
    ]);
    const restless = { ...firing, p_quiescent_to_active: 1, p_active_to_quiescent: 1 };
    const lengths = [...gateDwells(restless, 9, random.stream("restless"))];
    expect(lengths.map((d) => d.end - d.start)).toEqual(Array(9).fill(1));
  });
});

describe("spikes", () => {
  test.each([
    ["active", 0.3],
    ["quiescent", 0.01],
  ] as const)("have geometric intervals in the %s state", (state, p) => {
    const firing = {
      ...{ p_quiescent_to_active: 0, p_active_to_quiescent: 0 },
      p_quiescent_spike: 0.01,
      p_active_spike: 0.3,
    };
    const frames = 400_000;
    const dwells: Dwell[] = [{ active: state === "active", start: 0, end: frames }];
    const bins = [...spikeBins(dwells, firing, 3, createRandom(2).stream(state))];
    const intervals = bins.slice(1).map((bin, i) => bin - bins[i]!);
    const n = intervals.length;
    expect(Math.min(...bins.slice(0, 1))).toBeGreaterThanOrEqual(0);
    expect(bins.at(-1)).toBeLessThan(3 * frames);
    // Bernoulli trials: the number of spikes is binomial, intervals are geometric from 1. Five standard deviations each.
    const trials = 3 * frames;
    expect(Math.abs(bins.length - trials * p)).toBeLessThan(5 * Math.sqrt(trials * p * (1 - p)));
    for (const gap of [1, 2, 7]) {
      const law = p * (1 - p) ** (gap - 1);
      const seen = intervals.filter((interval) => interval === gap).length;
      expect(Math.abs(seen / n - law)).toBeLessThan(5 * Math.sqrt((law * (1 - law)) / n));
    }
    // Successive intervals are independent: correlation 0 ± 1/√n.
    const m = mean(intervals);
    const lagged = mean(intervals.slice(1).map((value, i) => (value - m) * (intervals[i]! - m)));
    expect(Math.abs(lagged / variance(intervals))).toBeLessThan(5 / Math.sqrt(n));
  });

  test("fire at the rate of the state from its first bin to its last", () => {
    const firing = {
      p_quiescent_to_active: 0,
      p_active_to_quiescent: 0,
      p_quiescent_spike: 0.02,
      p_active_spike: 0.5,
    };
    const dwells: Dwell[] = [
      { active: false, start: 0, end: 2 },
      { active: true, start: 2, end: 3 },
      { active: false, start: 3, end: 5 },
    ];
    const n = 20_000;
    const perBin = new Float64Array(20);
    const random = createRandom(3);
    for (let i = 0; i < n; i++) {
      for (const bin of spikeBins(dwells, firing, 4, random.stream(i))) perBin[bin]! += 1 / n;
    }
    for (const [bin, rate] of perBin.entries()) {
      const p = bin >= 8 && bin < 12 ? 0.5 : 0.02;
      expect(Math.abs(rate - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n));
    }
  });

  test("come at the mean rate of the two states, counted and timed alike", () => {
    const n_cells = 800;
    const n_frames = 200;
    const { S, spike_times_s } = simulate({}, n_cells, n_frames);
    const pi = 0.005 / 0.305;
    const perFrame = (pi * 150 + (1 - pi) * 0.6) / fps;
    // Variance of a cell's count: bursts dominate. Frames are correlated by the gate, λ = 1 − 0.305 a frame, so the rate's
    // integral has variance ≈ T·π(1−π)·(149.4/20)²·(1+λ)/(1−λ), to which the spikes add at most a Poisson count's.
    const gate = pi * (1 - pi) * (149.4 / fps) ** 2 * (1.695 / 0.305);
    const error = Math.sqrt((gate + perFrame) / (n_frames * n_cells));
    expect(Math.abs(mean(S) - perFrame)).toBeLessThan(5 * error);
    expect(spike_times_s.offsets.length).toBe(n_cells + 1);
    expect(spike_times_s.data.length).toBe(spike_times_s.offsets[n_cells]);
    const counted = new Float64Array(S.length);
    for (let cell = 0; cell < n_cells; cell++) {
      const { offsets, data } = spike_times_s;
      for (const time of data.subarray(offsets[cell], offsets[cell + 1])) {
        // Times are centres of bins of 1/300 s, which keeps the frame apart from rounding.
        counted[cell * n_frames + Math.floor(time * fps)]! += 1;
      }
    }
    expect(counted).toEqual(S);
  });

  test("fill every bin where the rate exceeds one a bin", () => {
    const { S, spike_times_s } = simulate(
      { gate_closed_rate_hz: 9999, gate_open_rate_hz: 9999 },
      1,
      3,
    );
    expect([...S]).toEqual([15, 15, 15]);
    expect([...spike_times_s.data]).toEqual(Array.from({ length: 45 }, (_, i) => (i + 0.5) / 300));
  });
});

describe("calcium", () => {
  test("is in its steady state from frame 0", () => {
    const area = simulate({ brightness_cv: 0 }, 3000, 3, 5);
    const perFrame = [0, 1, 2].map((t) => mean(area.C.filter((_, i) => i % 3 === t)) - 1);
    // Mean = rate × kernel area (τd − τr)/peak. The peak is 10^(−1/9) − 10^(−10/9).
    const rate = (0.005 * 150 + 0.3 * 0.6) / 0.305;
    const wanted = (rate * 0.45) / (10 ** (-1 / 9) - 10 ** (-10 / 9));
    const sd = Math.sqrt(variance(area.C));
    // Six decay times of burn-in leave out at most exp(−6) = 0.25 %; the rest is five standard errors.
    for (const value of perFrame) {
      expect(Math.abs(value - wanted)).toBeLessThan(0.0025 * wanted + (5 * sd) / Math.sqrt(3000));
    }
  });
});

describe("against an independent implementation (V4 × CA1, 973 cells, 10 s, six seeds)", () => {
  const [n_cells, n_frames] = [973, 200];
  const quantile = (sorted: Float64Array, p: number) =>
    sorted[Math.round(p * (sorted.length - 1))]!;
  const statistics = ({ C, S, amplitude }: ReturnType<typeof simulate>) => {
    // Its trace statistics are those of the trace before the gain.
    const trace = C.map((value, i) => value / amplitude[Math.floor(i / n_frames)]!);
    const peaks = Float64Array.from({ length: n_cells }, (_, cell) =>
      Math.max(...trace.subarray(cell * n_frames, (cell + 1) * n_frames)),
    ).sort();
    return {
      rate: (mean(S) * n_frames) / 10,
      mean: mean(trace),
      sd: Math.sqrt(variance(trace)),
      peak05: quantile(peaks, 0.05),
      peak25: quantile(peaks, 0.25),
      peak75: quantile(peaks, 0.75),
      peak95: quantile(peaks, 0.95),
      cv: Math.sqrt(variance(amplitude)) / mean(amplitude),
    };
  };
  const six = [0, 1, 2, 3, 4, 5].map((seed) => statistics(simulate({}, n_cells, n_frames, seed)));

  // [mean of its six seeds, their standard deviation]; two means of six differ by less than four times sd·√(2/6).
  test.each([
    ["rate", 2.973, 0.096],
    ["mean", 2.913, 0.058],
    ["sd", 5.614, 0.15],
    ["peak05", 2.204, 0.027],
    ["peak25", 3.138, 0.068],
    ["peak75", 29.78, 1.3],
    ["peak95", 54.88, 2.03],
    ["cv", 0.2979, 0.0085],
  ] as const)("%s agrees", (name, wanted, sd) => {
    expect(Math.abs(mean(six.map((of) => of[name])) - wanted)).toBeLessThan(
      4 * sd * Math.sqrt(2 / 6),
    );
  });
});
