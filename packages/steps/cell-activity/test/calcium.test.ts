// From spikes to light: against direct sums over spikes, for any stretch of a recording.
import { toDense } from "@minisim/pipeline";
import { createRandom } from "@minisim/random";
import { describe, expect, test } from "vitest";
import { INDICATORS } from "../src/indicators.ts";
import { responseOf } from "../src/response.ts";
import { type Given, mean, prepare, simulate, variance } from "./simulate.ts";

/** No cell differs from another. */
const ALIKE = { kinetics_cv: 0, response_cv: 0, brightness_cv: 0 } as const;

/** The peak of the transient found by search, not by formula: golden section. */
function peakOf(kernel: (t: number) => number, longest: number): number {
  let [low, high] = [0, longest];
  for (let i = 0; i < 200; i++) {
    const [a, c] = [low + 0.382 * (high - low), low + 0.618 * (high - low)];
    if (kernel(a) < kernel(c)) low = a;
    else high = c;
  }
  return kernel(low);
}

/** Slow and independent: at every sample the sum over all spikes before it, then the mean of what `light` makes of a frame's samples. */
function directSum(
  times: readonly number[],
  { rise, decay }: { rise: number; decay: number },
  { frames, fps, b }: { frames: number; fps: number; b: number },
  light: (calcium: number) => number,
) {
  const kernel = (t: number) => Math.exp(-t / decay) - Math.exp(-t / rise);
  const peak = peakOf(kernel, 5 * decay);
  return Float64Array.from({ length: frames }, (_, frame) => {
    let sum = 0;
    for (let j = 0; j < b; j++) {
      const now = (frame + (j + 0.5) / b) / fps;
      let calcium = 0;
      for (const time of times) if (time <= now) calcium += kernel(now - time) / peak;
      sum += light(calcium);
    }
    return sum / b;
  });
}

/** F/F₀ of the Hill equation as it is written, with K and the calcium of a spike by bisection. */
function hillLight(name: keyof typeof INDICATORS) {
  const { kd_nm, rest_nm, hill_n, dynamic_range, dff_1ap } = INDICATORS[name];
  const fluorescence = (nm: number) =>
    1 + (dynamic_range * nm ** hill_n) / (nm ** hill_n + kd_nm ** hill_n);
  const ratio = (nm: number) => fluorescence(nm) / fluorescence(rest_nm);
  let [low, high] = [0, 1e5];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (ratio(rest_nm + middle) - 1 < dff_1ap) low = middle;
    else high = middle;
  }
  return { spike_nm: low, rest_nm, light: (calcium: number) => ratio(rest_nm + low * calcium) };
}

/** Spikes at any times, some of them in bursts, some before frame 0 (within six decays of the fastest indicator), one beyond the end. */
function someTimes(seed: number, seconds: number): number[] {
  const { exponential, bernoulli } = createRandom(seed).stream("times");
  const times: number[] = [];
  for (let time = -0.4; time < seconds; time += bernoulli(0.6) ? 0.004 : exponential() / 2) {
    times.push(time);
  }
  return [...times, seconds + 0.01];
}

describe("the trace of given spikes is the direct sum over them", () => {
  const frames = 150;
  const names = Object.keys(INDICATORS) as (keyof typeof INDICATORS)[];
  const largest = (values: Iterable<number>) => Math.max(...[...values].map(Math.abs));

  test.each(
    [7.5, 20, 30].flatMap((fps) =>
      names.slice(0, fps === 20 ? 9 : 2).map((name) => [name, fps] as const),
    ),
  )("%s at %d Hz, through its Hill curve", (indicator, fps) => {
    const times = someTimes(5, frames / fps);
    const source = { spikesOf: () => Float64Array.from(times) };
    const given = { ...ALIKE, indicator, f0: 2 };
    const found = simulate(given, { n_cells: 1, n_frames: frames, fps, source });
    const { tau_rise_s: rise, tau_decay_s: decay } = responseOf({
      indicator,
      tau_rise_s: "auto",
      tau_decay_s: "auto",
    }).taus;
    const size = { frames, fps, b: Math.round(100 / fps) };
    const { light, spike_nm, rest_nm } = hillLight(indicator);
    const wanted = directSum(times, { rise, decay }, size, light).map((value) => 2 * value);
    const calcium = directSum(
      times,
      { rise, decay },
      size,
      (value) => 1 + (spike_nm / rest_nm) * value,
    );
    // Some hundred terms of order 1 in float64.
    expect(largest(wanted.map((value, i) => value - found.C[i]!))).toBeLessThan(
      1e-12 * largest(wanted),
    );
    expect(largest(calcium.map((value, i) => value - found.calcium![i]!))).toBeLessThan(
      1e-12 * largest(calcium),
    );
    expect(largest(found.C)).toBeGreaterThan(2 * (1 + INDICATORS[indicator].dff_1ap));
  });

  test.each([1, 4, 15])("linear, %d samples a frame", (b) => {
    const fps = 20;
    const times = someTimes(6, frames / fps);
    const source = { spikesOf: () => Float64Array.from(times) };
    const given = { ...ALIKE, indicator: "linear", f0: 0.5, sampling_hz: b * fps } as const;
    const found = simulate(given, { n_cells: 1, n_frames: frames, fps, source });
    const wanted = directSum(times, { rise: 0.05, decay: 0.5 }, { frames, fps, b }, (x) => 0.5 + x);
    expect(largest(wanted.map((value, i) => value - found.C[i]!))).toBeLessThan(
      1e-12 * largest(wanted),
    );
    expect(found.calcium).toBeNull();
  });
});

describe("a series", () => {
  test.each(["gcamp6f", "linear"] as const)(
    "of %s read in any stretches is the same bytes",
    (indicator) => {
      const n_frames = 333;
      const given = { indicator, trace_noise: 0.3, rate_hz: 3, silent_fraction: 0 };
      const { activity } = prepare(given, { n_cells: 7, n_frames });
      for (const series of [activity.C, activity.S, activity.calcium]) {
        if (series === null) continue;
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
          expect(part.subarray(2)).toEqual(
            whole.subarray(5 * n_frames + start!, 5 * n_frames + end!),
          );
        }
      }
    },
  );

  test("counts spikes in the frames of their times", () => {
    const n_frames = 400;
    const given = { rate_hz: 6, silent_fraction: 0 };
    const { S, spike_times_s } = simulate(given, { n_cells: 20, n_frames });
    const counted = new Float64Array(S.length);
    const { offsets, data } = spike_times_s;
    for (let cell = 0; cell < 20; cell++) {
      for (const time of data.subarray(offsets[cell], offsets[cell + 1])) {
        counted[cell * n_frames + Math.floor(time * 20)]! += 1;
      }
    }
    expect(counted).toEqual(S);
    expect(data.length).toBeGreaterThan(1000);
  });
});

describe("C", () => {
  const recorded = { n_cells: 30, n_frames: 100 };
  const busy = { rate_hz: 5, silent_fraction: 0 };

  test("is gain · f0 · F/F₀, and 1 + ΔF/F₀ says nothing of f0 and the gain", () => {
    const bare = simulate({ ...busy, f0: 1, brightness_cv: 0 }, recorded);
    const full = simulate({ ...busy, f0: 2.5 }, recorded);
    for (const [i, value] of full.C.entries()) {
      const gain = full.amplitude[Math.floor(i / 100)]!;
      expect(value / gain / 2.5).toBeCloseTo(bare.C[i]!, 12);
    }
    expect(full.calcium).toEqual(bare.calcium);
  });

  test("of a cell at rest is gain · f0", () => {
    const { C, amplitude, calcium } = simulate({ rate_hz: 0, f0: 3 }, recorded);
    for (const [i, value] of C.entries()) expect(value).toBe(3 * amplitude[Math.floor(i / 100)]!);
    expect(calcium!.every((value) => value === 1)).toBe(true);
  });

  test("takes white noise, and that alone", () => {
    const full = simulate({ ...busy, f0: 2.5 }, recorded);
    const noisy = simulate({ ...busy, f0: 2.5, trace_noise: 0.2 }, recorded);
    expect(noisy.S).toEqual(full.S);
    const noise = noisy.C.map((value, i) => value - full.C[i]!);
    // 3000 normals: five standard errors of mean and of variance.
    expect(Math.abs(mean(noise))).toBeLessThan((5 * 0.2) / Math.sqrt(3000));
    expect(Math.abs(variance(noise) / 0.04 - 1)).toBeLessThan(5 * Math.sqrt(2 / 3000));
  });
});

describe("cells differ", () => {
  const n = 5000;
  const traits = (given: Given) => simulate({ rate_hz: 0, ...given }, { n_cells: n, n_frames: 1 });
  const logsOf = (values: ArrayLike<number>) => Array.from(values, Math.log);

  test("in a gain that is lognormal with mean 1 and the given CV", () => {
    const { amplitude } = traits({ brightness_cv: 0.4 });
    const s2 = Math.log(1 + 0.16);
    const logs = logsOf(amplitude);
    // Five standard errors; ln gain is N(−σ²/2, σ²).
    expect(Math.abs(mean(amplitude) - 1)).toBeLessThan((5 * 0.4) / Math.sqrt(n));
    expect(Math.abs(mean(logs) + s2 / 2)).toBeLessThan(5 * Math.sqrt(s2 / n));
    expect(Math.abs(variance(logs) / s2 - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect([...traits({ brightness_cv: 0 }).amplitude.slice(0, 3)]).toEqual([1, 1, 1]);
  });

  /** One spike of each of many cells, sampled finely: peak of calcium above rest, and when. */
  function singleSpikes(given: Given) {
    const [cells, fps, n_frames] = [600, 1000, 400];
    const source = { spikesOf: () => Float64Array.of(0) };
    const recorded = { n_cells: cells, n_frames, fps, source };
    const { calcium } = simulate({ sampling_hz: 1000, brightness_cv: 0, ...given }, recorded);
    return Array.from({ length: cells }, (_, cell) => {
      const trace = calcium!.subarray(cell * n_frames, (cell + 1) * n_frames);
      const peak = trace.reduce((a, b) => Math.max(a, b));
      return { peak: peak - 1, time_s: (trace.indexOf(peak) + 0.5) / fps };
    });
  }

  test("in the calcium of a spike and in its pace, each by itself", () => {
    const both = singleSpikes({ response_cv: 0.3, kinetics_cv: 0.15 });
    const peaks = logsOf(both.map(({ peak }) => peak));
    const times = logsOf(both.map(({ time_s }) => time_s));
    // Five standard errors of a standard deviation, σ/√(2n), of σ = √ln(1 + cv²).
    const near = (values: number[], cv: number) => {
      const sd = Math.sqrt(Math.log(1 + cv * cv));
      const found = Math.sqrt(variance(values));
      expect(Math.abs(found - sd)).toBeLessThan((5 * sd) / Math.sqrt(2 * 600));
    };
    near(peaks, 0.3);
    near(times, 0.15);
    const together = mean(
      peaks.map((value, i) => (value - mean(peaks)) * (times[i]! - mean(times))),
    );
    // Independent: correlation 0 ± 1/√n.
    const correlation = together / Math.sqrt(variance(peaks) * variance(times));
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(600));
  });
});
