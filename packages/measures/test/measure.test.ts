// Measures of movies whose statistics are known.
import { type Measures, measure, movieOf } from "@minisim/measures";
import { builtinSteps, createSimulator, liveRecording } from "minisim";
import { describe, expect, test } from "vitest";
import { movie, stream } from "./made-movie.ts";

const CELL = { cellRadiusPx: 2 };

describe("white noise of sd 3 on a level of 100", async () => {
  const draw = stream("white");
  const noise = movie([200, 48, 40], () => 100 + 3 * draw.normal());
  const measures = await measure(noise, CELL);

  test("is all noise", () => {
    const { background, noise: share, local } = measures.variance_shares!;
    // Chance leaves E[max(0, z² − 1)] / (T − 1) = 0.48 / 199 = 0.0024 to the background.
    expect(background).toBeGreaterThan(0.001);
    expect(background).toBeLessThan(0.004);
    // The lesser of two estimates, of which the MAD has a relative sd of about 0.2 and the variance of 0.1, falls about 0.09 short of 1.
    expect(share).toBeGreaterThan(0.85);
    expect(share).toBeLessThan(1);
    expect(background + share + local).toBeCloseTo(1, 12);
  });

  test("has its sd", () => {
    // The MAD of 199 steps is biased by under 1 %; the median over 1920 pixels adds 0.2 · 1.25 / √1920 = 0.6 % of variance.
    expect(measures.pattern_noise.pixel_noise_sd).toBeGreaterThan(2.9);
    expect(measures.pattern_noise.pixel_noise_sd).toBeLessThan(3.1);
    const { white_row_sd, pixel_noise_sd } = measures.pattern_noise;
    expect(white_row_sd).toBeCloseTo(pixel_noise_sd / Math.sqrt(40), 12);
    // 3 / √1920 over 100; an sd of 200 values has a relative sd of 1 / √400 = 5 %: 4 of them.
    const expected = 3 / Math.sqrt(48 * 40) / 100;
    expect(measures.mean_frame.sd_over_mean / expected).toBeGreaterThan(0.8);
    expect(measures.mean_frame.sd_over_mean / expected).toBeLessThan(1.2);
  });

  test("does not correlate with its neighbours", () => {
    // A mean of 8 correlations of sd 1 / √200 has an sd of 0.025, the median of 1920 of them one of 0.025 · 1.25 / √1920 = 0.0007: 4 of them.
    expect(Math.abs(measures.raw_local_correlation[50]!)).toBeLessThan(0.003);
    expect(measures.raw_local_correlation.n).toBe(48 * 40);
  });

  test("correlates as far as the Gaussian of the points reaches", () => {
    const by = measures.fluctuation_correlation;
    // exp(−d² / (4 · 1.5²)); rounding to pixels moves d = 2 to anything between 1.4 and 2.8.
    expect(by[2]).toBeGreaterThan(Math.exp(-(2.8 ** 2) / 9));
    expect(by[2]).toBeLessThan(Math.exp(-(1.4 ** 2) / 9));
    // 1 / √200 · 1.25 / √400 = 0.0044: 4 of them.
    expect(Math.abs(by[20]!)).toBeLessThan(0.018);
    expect(by[80]).toBeNull();
  });

  test("has the spectrum of white noise", () => {
    // 90, 40 and 9 of the 100 frequencies above 0, at 20 Hz and 0.1 Hz apart; the share of m of 100 exponentials has an sd below 0.05: 4 of them.
    const { power } = measures.mean_frame;
    expect(power["0-0.1"]).toBe(0);
    for (const [band, share] of [
      ["0.1-1", 0.09],
      ["1-5", 0.4],
      ["5-inf", 0.51],
    ] as const) {
      expect(Math.abs(power[band]! - share)).toBeLessThan(0.2);
    }
  });

  test("peaks as 200 normal deviates do", () => {
    // Their largest has a median of 2.70 (Φ^200 = 1/2) and an sd of 0.4 over pixels; GetSn of 49 frequencies has one of 9 %, the same for no two pixels.
    expect(measures.pnr[50]).toBeGreaterThan(2.5);
    expect(measures.pnr[50]).toBeLessThan(2.9);
  });

  test("a sample of its pixels measures the same", async () => {
    const sampled = await measure(noise, { ...CELL, mostValues: 100_000 });
    expect(sampled.sampled_pixels).toBeLessThan(100_000 / 200 + 1);
    expect(sampled.sampled_pixels).toBeGreaterThan(150);
    expect(sampled.levels).toEqual(measures.levels);
    expect(sampled.raw_local_correlation).toEqual(measures.raw_local_correlation);
    // 0.2 · 1.25 / √200, in part the same noise: 4 of half of it, for the root.
    const ratio = sampled.pattern_noise.pixel_noise_sd / measures.pattern_noise.pixel_noise_sd;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.04);
  });
});

describe("a background that is an autoregressive process", async () => {
  const draw = stream("process");
  const decay = Math.exp(-1 / 10);
  let state = 0;
  const series = Array.from({ length: 3000 }, () => {
    state = decay * state + Math.sqrt(1 - decay ** 2) * draw.normal();
    return state;
  });
  const measures = await measure(
    movie([3000, 24, 20], (t, y, x) => (100 + y + x) * (1 + 0.01 * series[t]!)),
    CELL,
  );

  test("is all background", () => {
    const { background, local } = measures.variance_shares!;
    // Rounding to float32 (100 · 6e-8 against a variance of 1) is what is missing.
    expect(background).toBeCloseTo(1, 6);
    expect(Math.abs(local)).toBeLessThan(0.01);
    expect(measures.raw_local_correlation[1]).toBeCloseTo(1, 6);
    expect(measures.fluctuation_correlation[10]).toBeCloseTo(1, 6);
  });

  test("has its correlation time and sd", () => {
    // 10 frames of 20 Hz. The autocorrelation of 3000 / 20 independent pieces has an sd of about 0.06 there, 1.6 frames of its slope: 4 of them.
    expect(measures.mean_frame.corr_time_s).toBeGreaterThan(0.2);
    expect(measures.mean_frame.corr_time_s).toBeLessThan(0.82);
    // A variance of 150 independent pieces has a relative sd of 12 %, an sd one of 6 %: 4 of them.
    expect(measures.mean_frame.sd_over_mean).toBeGreaterThan(0.0076);
    expect(measures.mean_frame.sd_over_mean).toBeLessThan(0.0124);
  });
});

test("a static gradient has no noise, no pattern, and corners as bright as the centre on average", async () => {
  const measures = await measure(
    movie([20, 32, 32], (_, y, x) => 100 + 2 * y + x),
    CELL,
  );
  expect(measures.corner_centre).toBeCloseTo(1, 12);
  expect(measures.pattern_noise).toMatchObject({
    row_sd: 0,
    column_sd: 0,
    pixel_noise_sd: 0,
    fixed_pattern_sd: 0,
    hot_share: 0,
    level: 100 + 3 * 15.5,
  });
  expect(measures.photon_transfer).toMatchObject({ slope: 0, intercept: 0, r: null });
  expect(measures.variance_shares).toBeNull();
  expect(measures.mean_frame.sd_over_mean).toBe(0);
  expect(measures.mean_frame.corr_time_s).toBeNull();
  expect(measures.octave_contrast[8]).toBeNull();
});

test("an even field has no photon transfer", async () => {
  const { photon_transfer } = await measure(
    movie([20, 32, 32], () => 7),
    CELL,
  );
  expect(photon_transfer).toMatchObject({ slope: null, intercept: null, r: null });
});

test("shot noise at half a count per electron, over read noise", async () => {
  const draw = stream("shot");
  const [gain, read] = [0.5, 4];
  const measures = await measure(
    movie([200, 48, 48], (_, y) => gain * (draw.poisson(200 + 20 * y) + read * draw.normal()), {
      container: "uint16",
    }),
    CELL,
  );
  const { slope, intercept, r } = measures.photon_transfer;
  // Medians of 180 pixels whose variance has a relative sd of 0.12: 1.1 % at each of 12 levels, 1.5 % of the slope: 4 of them.
  expect(Math.abs(slope! - gain)).toBeLessThan(0.06 * gain);
  expect(r).toBeGreaterThan(0.99);
  // gain² read² = 4, with what 4 sd of the slope make at the middle level of 335.
  expect(Math.abs(intercept! - (gain * read) ** 2)).toBeLessThan(0.06 * gain * 335);
});

test("stripes of rows", async () => {
  const draw = stream("stripes");
  let row = -1;
  let stripe = 0;
  const measures = await measure(
    movie([200, 48, 40], (_, y, x) => {
      if (y !== row) stripe = 2 * draw.normal();
      row = y;
      return 100 + stripe + 0.5 * draw.normal() + (x === 10 ? 3 : 0);
    }),
    CELL,
  );
  const { row_sd, column_sd, column_fixed_sd, row_sd_over_level, level } = measures.pattern_noise;
  // Of a white series less the running median of 9 the variance is 1 + 0.166 − 2 / 9 = 0.94. 9600 values: 0.7 % of sd, 4 of them, and as much for the formula.
  const expected = Math.sqrt(0.944 * (4 + 0.25 / 40));
  expect(Math.abs(row_sd / expected - 1)).toBeLessThan(0.06);
  expect(row_sd_over_level).toBe(row_sd / level);
  // A column holds 48 rows: their stripes leave it 0.5 / √48 of noise, for its offset is against its neighbours.
  expect(column_sd).toBeLessThan(0.1);
  // One of 40 columns 3 higher: √(9 / 40 − (3 / 40)²).
  expect(column_fixed_sd).toBeCloseTo(Math.sqrt(9 / 40 - (3 / 40) ** 2), 1);
});

describe("cells that light up, one after the other", async () => {
  const draw = stream("cells");
  const measures = await measure(
    movie([300, 48, 48], (t, y, x) => {
      let level = 100 + 0.1 * draw.normal();
      for (const [k, [cy, cx]] of [
        [14, 14],
        [14, 34],
        [34, 14],
        [34, 34],
      ].entries()) {
        const age = t - 20 - 70 * k;
        if (age >= 0) level += 20 * Math.exp(-age / 10 - ((y - cy!) ** 2 + (x - cx!) ** 2) / 4.5);
      }
      return level;
    }),
    { cellRadiusPx: 3 },
  );

  test("are local", () => {
    // 20² · 0.0155 over time, · 2.25 π over space, of each of 4 cells: 175; noise of 0.01 in 36² px: 13. Their flanks are in their own rings: a tenth.
    const { local, noise } = measures.variance_shares!;
    expect(Math.abs(noise - 13 / 188)).toBeLessThan(0.015);
    expect(local).toBeGreaterThan(0.9 * (1 - 13 / 188));
  });

  test("stand out of the filtered movie", () => {
    // Where a cell drowns the noise, its own onset is what GetSn sees: 1 / (1 + a² − 2 a cos ω), a = exp(−1/10), whose geometric mean from π/2 to π is
    // 1 / 2.914, over 300 frames and times e^γ: 1 / 22.15 of the peak. A hundredth of the field lies within 1.4 px of a centre. Noise adds a percent.
    expect(measures.pnr[99]! / 22.15).toBeGreaterThan(0.97);
    expect(measures.pnr[99]! / 22.15).toBeLessThan(1.03);
    // Of its neighbours the outer ones pass the threshold for a part of the decay alone: well above 1/2, below 1.
    expect(measures.filtered_local_correlation[99]).toBeGreaterThan(0.5);
    // The dimmest part of the field peaks as noise does: at less than 4 sd in 300 frames.
    expect(measures.pnr[5]).toBeLessThan(4);
  });
});

test("levels of counts", async () => {
  const shape = [10, 16, 20] as const;
  const counts = movie(shape, (_, y, x) => y * 20 + x, { container: "uint16" });
  const { levels } = await measure({ ...counts, max_code: 300 }, CELL);
  expect(levels.zero_share).toBe(1 / 320);
  expect(levels.saturated_share).toBe(20 / 320);
  // Each count from 0 to 319 ten times: place 0.5 · 3199 lies between the last 159 and the first 160.
  expect(levels.counts).toMatchObject({ 50: 159.5, 25: 79.75, n: 3200 });
  const floats = movie(shape, (_, y, x) => y * 20 + x);
  expect((await measure(floats, CELL)).levels).toMatchObject({ saturated_share: null });
});

describe("a recording", async () => {
  const simulator = createSimulator({ steps: [...builtinSteps] });
  const spec = simulator.Spec.parse({
    acquisition: {
      duration_s: 1,
      image_sensor: { n_px_height: 64, n_px_width: 48, pixel_pitch_um: 6, bit_depth: 10 },
      optics: { magnification: 3 },
    },
    steps: [
      { kind: "place_neurons" },
      { kind: "cell_activity" },
      { kind: "optics" },
      { kind: "composite" },
      { kind: "sensor" },
    ],
  });
  const recorded = liveRecording(simulator.compile(spec));

  test("is measured as the stream of its frames", async () => {
    const measures = await measure(recorded);
    expect(await measure(movieOf(recorded))).toEqual(measures);
    // 7.5 µm of 2 µm a pixel.
    expect(measures.cell_radius_px).toBe(3.75);
    expect(movieOf(recorded).max_code).toBe(1023);
  });

  test("reports its frames, and ends where it is told to", async () => {
    const seen: number[] = [];
    const stopping = new AbortController();
    const measured = measure(recorded, {
      signal: stopping.signal,
      onProgress: ({ done }) => {
        seen.push(done);
        if (done === 3) stopping.abort();
      },
    });
    await expect(measured).rejects.toThrow(/abort/i);
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe("refuses", () => {
  const even = (shape: readonly [number, number, number]) => movie(shape, () => 1);
  const small = even([20, 16, 16]);
  test.each<[string, () => Promise<Measures>, RegExp]>([
    ["a movie that is too small", () => measure(even([7, 16, 16]), CELL), /7 frames of 16 × 16 px/],
    ["a movie without scale", () => measure(small), /give cellRadiusPx/],
    ["both radii", () => measure(small, { ...CELL, cellRadiusUm: 7 }), /not both/],
    ["a cell as large as the field", () => measure(small, { cellRadiusPx: 5 }), /1 to 4 px/],
    ["no number", () => measure(small, { cellRadiusPx: Number.NaN }), /cellRadiusPx is NaN/],
    [
      "an unknown option",
      () => measure(small, { cellRadius: 3 } as never),
      /cellRadius is not an option/,
    ],
    [
      "a movie that ends early",
      () => measure({ ...small, shape: [21, 16, 16] }, CELL),
      /after 20 of 21/,
    ],
    [
      "frames of another size",
      () => measure({ ...small, shape: [20, 16, 17] }, CELL),
      /where frame 0/,
    ],
  ])("%s", async (_, measuring, sentence) => {
    await expect(measuring()).rejects.toThrow(sentence);
  });
});
