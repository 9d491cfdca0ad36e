// Gate, spikes, calcium and gain against their laws.
import { toDense } from "@minisim/pipeline";
import { createRandom } from "@minisim/random";
import { describe, expect, test } from "vitest";
import { type ActivityModel, simulateActivity } from "../src/activity.ts";
import { calciumFilter } from "../src/calcium.ts";
import { type Dwell, type Firing, gateDwells, spikeBins } from "../src/spikes.ts";

const model: ActivityModel = {
  spike_sim_hz: 300,
  p_quiescent_to_active: 0.005,
  p_active_to_quiescent: 0.3,
  active_rate_hz: 150,
  quiescent_rate_hz: 0.6,
  tau_rise_s: 0.05,
  tau_decay_s: 0.5,
  brightness_cv: 0.3,
  f0: 1,
  trace_noise: 0,
};
const fps = 20;

function simulate(changes: Partial<ActivityModel>, n_cells: number, n_frames: number, seed = 0) {
  const random = createRandom(seed);
  const draws = (cell: number, purpose: string, piece = 0) => random.stream(purpose, cell, piece);
  const recording = { fps, n_frames };
  const { C, S, ...rest } = simulateActivity({ ...model, ...changes }, recording, n_cells, draws);
  return { ...rest, C: toDense(C), S: toDense(S) };
}

const mean = (values: ArrayLike<number>) =>
  (Array.prototype.reduce.call(values, (a, b) => (a as number) + (b as number), 0) as number) /
  values.length;
const variance = (values: ArrayLike<number>) => {
  const m = mean(values);
  return mean(Array.from(values, (value) => (value - m) ** 2));
};

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
        // Times are starts of bins of 1/300 s; half a bin keeps the frame apart from rounding.
        counted[cell * n_frames + Math.floor((time + 0.5 / 300) * fps)]! += 1;
      }
    }
    expect(counted).toEqual(S);
  });

  test("fill every bin where the rate exceeds one a bin", () => {
    const { S, spike_times_s } = simulate({ quiescent_rate_hz: 9999, active_rate_hz: 9999 }, 1, 3);
    expect([...S]).toEqual([15, 15, 15]);
    expect([...spike_times_s.data]).toEqual(Array.from({ length: 45 }, (_, i) => i / 300));
  });
});

describe("calcium", () => {
  /** Slow and independent: every spike into every later bin, then the mean of each frame's bins. */
  function bruteForce(bins: readonly number[], b: number, bin_s: number, frames: number) {
    const { tau_rise_s: rise, tau_decay_s: decay } = model;
    const kernel = (t: number) => Math.exp(-t / decay) - Math.exp(-t / rise);
    // The peak found by search, not by formula: golden section on [0, decay].
    let [low, high] = [0, decay];
    for (let i = 0; i < 200; i++) {
      const [a, c] = [low + 0.382 * (high - low), low + 0.618 * (high - low)];
      if (kernel(a) < kernel(c)) low = a;
      else high = c;
    }
    const peak = kernel(low);
    return Float64Array.from({ length: frames }, (_, frame) => {
      let sum = 0;
      for (let bin = frame * b; bin < (frame + 1) * b; bin++) {
        for (const spike of bins) if (spike <= bin) sum += kernel((bin - spike) * bin_s) / peak;
      }
      return sum / b;
    });
  }

  test.each([1, 4, 15])("is the convolution of the spikes, %d bins a frame", (b) => {
    const stream = createRandom(4).stream(b);
    const frames = 90;
    const bins: number[] = [];
    for (let bin = 0; bin < frames * b; bin++) if (stream.bernoulli(0.15)) bins.push(bin);
    bins.push(frames * b); // beyond the last frame: no part in it
    const bin_s = 1 / (fps * b);
    const out = new Float64Array(frames);
    const filter = calciumFilter(model, { bins_per_frame: b, bin_s });
    const spikes = Int32Array.from(bins);
    filter.read(spikes, filter.checkpoints(spikes, 0, frames), 0, frames, out, 0);
    const wanted = bruteForce(bins, b, bin_s, frames);
    const off = wanted.map((value, i) => Math.abs(value - out[i]!));
    // Both sum some 10^4 terms of order 1 in float64.
    expect(Math.max(...off)).toBeLessThan(1e-12 * Math.max(...wanted));
    expect(Math.max(...wanted)).toBeGreaterThan(0.4);
  });

  test("read in any stretches, C and S are the same bytes", () => {
    const recording = { fps, n_frames: 333 };
    const random = createRandom(9);
    const draws = (cell: number, purpose: string, piece = 0) => random.stream(purpose, cell, piece);
    const noisy = { ...model, trace_noise: 0.3 };
    const { C, S } = simulateActivity(noisy, recording, 7, draws);
    for (const series of [C, S]) {
      const whole = toDense(series);
      for (const [start, end] of [
        [0, 333],
        [1, 2],
        [63, 65],
        [64, 128],
        [100, 333],
        [332, 333],
      ]) {
        const part = new Float64Array(2 + end! - start!);
        series.read(5, start!, end!, part, 2);
        expect(part.subarray(2)).toEqual(whole.subarray(5 * 333 + start!, 5 * 333 + end!));
      }
    }
  });

  test("of one spike has the peak 1", () => {
    const out = new Float64Array(40_000);
    const filter = calciumFilter(model, { bins_per_frame: 1, bin_s: 5e-5 });
    const spike = Int32Array.of(0);
    filter.read(spike, filter.checkpoints(spike, 0, out.length), 0, out.length, out, 0);
    // Bins of 5e-5 s miss the peak by at most half of that: curvature k''/k = −1/(τr τd) = −40 /s² → 40·(2.5e-5)²/2.
    expect(Math.max(...out)).toBeGreaterThan(1 - 1.3e-8);
    expect(Math.max(...out)).toBeLessThanOrEqual(1 + 1e-12);
    expect(out[0]).toBe(0);
  });

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

  test("C is gain · (f0 + calcium), and the noise override is white and alone", () => {
    const bare = simulate({ f0: 0, brightness_cv: 0 }, 30, 100);
    const full = simulate({ f0: 2.5 }, 30, 100);
    for (const [i, value] of full.C.entries()) {
      const gain = full.amplitude[Math.floor(i / 100)]!;
      // Same arithmetic on both sides but for f0's addition.
      expect(value / gain - 2.5).toBeCloseTo(bare.C[i]!, 12);
    }
    const noisy = simulate({ f0: 2.5, trace_noise: 0.2 }, 30, 100);
    expect(noisy.S).toEqual(full.S);
    const noise = noisy.C.map((value, i) => value - full.C[i]!);
    // 3000 normals: five standard errors of mean and of variance.
    expect(Math.abs(mean(noise))).toBeLessThan((5 * 0.2) / Math.sqrt(3000));
    expect(Math.abs(variance(noise) / 0.04 - 1)).toBeLessThan(5 * Math.sqrt(2 / 3000));
  });
});

describe("gain", () => {
  test("is lognormal with mean 1 and the given CV", () => {
    const n = 20_000;
    const { amplitude } = simulate(
      { brightness_cv: 0.4, active_rate_hz: 0, quiescent_rate_hz: 0 },
      n,
      1,
    );
    const s2 = Math.log(1 + 0.16);
    const logs = amplitude.map(Math.log);
    // Five standard errors; ln gain is N(−σ²/2, σ²).
    expect(Math.abs(mean(amplitude) - 1)).toBeLessThan((5 * 0.4) / Math.sqrt(n));
    expect(Math.abs(mean(logs) + s2 / 2)).toBeLessThan(5 * Math.sqrt(s2 / n));
    expect(Math.abs(variance(logs) / s2 - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });

  test("of CV 0 is exactly 1", () => {
    expect([...simulate({ brightness_cv: 0 }, 3, 1).amplitude]).toEqual([1, 1, 1]);
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
