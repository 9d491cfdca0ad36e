// The photon-transfer curve of rendered frames of constant light: mean, variance, symmetry, quantization, clipping.
// Seeded; every bound is five standard errors of its statistic for N pixels (one chance in 2 million if unseeded).
import { accumulate, defineStep, facts } from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import { createSimulator } from "@minisim/simulator";
import { sensor } from "@minisim/step-sensor";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const SIDE = 128;
const FRAMES = 8;
const N = SIDE * SIDE * FRAMES;

const evenLight = defineStep({
  kind: "even_light",
  revision: 1,
  domain: "tissue",
  summary: "The same light everywhere.",
  sources: [],
  params: z.strictObject({ level: z.number() }),
  compile({ params, geometry: { fov } }) {
    const data = new Float64Array(fov.height * fov.width).fill(params.level);
    const light = { ...fov, count: 1, data };
    return { frames: accumulate(light, { constant: Float64Array.of(1) }) };
  },
});
const { simulate } = createSimulator({ steps: [evenLight, sensor] });

const record = (level: number, chip: object, seed = 1) =>
  simulate({
    acquisition: {
      fps: 1,
      duration_s: FRAMES,
      image_sensor: {
        n_px_height: SIDE,
        n_px_width: SIDE,
        // 1 µm a pixel behind the default magnification of 8, so that photons are those of the parameter.
        pixel_pitch_um: 8,
        bit_depth: 16,
        quantum_efficiency: 0.5,
        read_noise_e: 0,
        gain_adu_per_e: 1,
        ...chip,
      },
    },
    seed,
    steps: [
      { kind: "even_light", level },
      { kind: "sensor", photons_per_um2_s: 100 },
    ],
  });
const counts = async (level: number, chip: object = {}, seed?: number) =>
  (await record(level, chip, seed)).observed.data;

const mean = (values: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};
const moment = (values: ArrayLike<number>, order: number) => {
  const centre = mean(values);
  return mean(Float64Array.from(values, (value) => (value - centre) ** order));
};

// Units of light, read noise, gain. λ = level · 100 · 0.5 electrons.
describe.each([
  [20, 0, 1],
  [20, 30, 1],
  [100, 10, 4],
  [2, 3, 1.5],
])("light %d, read noise %d e⁻, gain %d", (level, read_noise_e, gain_adu_per_e) => {
  const lambda = level * 50;
  const variance = (lambda + read_noise_e ** 2) * gain_adu_per_e ** 2;
  const movie = counts(level, { read_noise_e, gain_adu_per_e });

  test("the mean is λ · gain, less the half count that flooring takes", async () => {
    const error = Math.sqrt(variance / N);
    expect(Math.abs(mean(await movie) - (lambda * gain_adu_per_e - 0.5))).toBeLessThan(5 * error);
  });

  test("the variance is (λ + read²) · gain², and 1/12 of quantization", async () => {
    const error = variance * Math.sqrt(2 / N);
    expect(Math.abs(moment(await movie, 2) - (variance + 1 / 12))).toBeLessThan(5 * error);
  });

  test("the third moment vanishes: the noise is Gaussian, not skewed as Poisson's", async () => {
    const error = Math.sqrt((6 * variance ** 3) / N);
    expect(Math.abs(moment(await movie, 3))).toBeLessThan(5 * error);
  });
});

test("quantization adds 1/12 where a count is as wide as the noise", async () => {
  // λ = 100, gain 0.1: the noise is one count, and 1/12 is twenty standard errors of the variance.
  const variance = moment(await counts(2, { gain_adu_per_e: 0.1 }), 2);
  expect(Math.abs(variance - (1 + 1 / 12))).toBeLessThan(5 * (1 + 1 / 12) * Math.sqrt(2 / N));
});

describe("clipping", () => {
  test("at 0: of dark pixels with read noise more than half are 0, the rest skewed upwards", async () => {
    const dark = await counts(0, { read_noise_e: 10 });
    expect(dark.every((count) => count >= 0)).toBe(true);
    // Floor takes [0, 1) too: P(z < 0.1) = 0.5398; five standard errors of a share.
    const zeros = [...dark].filter((count) => count === 0).length / N;
    expect(Math.abs(zeros - 0.5398)).toBeLessThan(5 * Math.sqrt(0.25 / N));
    expect(moment(dark, 3)).toBeGreaterThan(0);
  });

  test("at 0: negative light is dark, and without read noise exactly 0", async () => {
    expect((await counts(-5)).every((count) => count === 0)).toBe(true);
  });

  test.each([8, 10, 16])("at 2^%i − 1: full wells are all alike", async (bit_depth) => {
    const full = await counts(1e6, { bit_depth });
    expect(full.every((count) => count === 2 ** bit_depth - 1)).toBe(true);
  });
});

describe("noise", () => {
  const pixels = SIDE * SIDE;
  const correlation = (a: ArrayLike<number>, b: ArrayLike<number>) => {
    const [meanA, meanB] = [mean(a), mean(b)];
    const product = mean(Float64Array.from(a, (value, i) => (value - meanA) * (b[i]! - meanB)));
    return product / Math.sqrt(moment(a, 2) * moment(b, 2));
  };

  test("of neighbouring pixels and of consecutive frames is independent", async () => {
    const movie = await counts(20);
    const frames = movie.subarray(0, N - pixels);
    // The standard error of a correlation of n pairs is 1/√n.
    const bound = 5 / Math.sqrt(N - pixels);
    for (const lag of [1, 2, 4, 16, SIDE, pixels]) {
      const shifted = movie.subarray(lag, lag + frames.length);
      expect(Math.abs(correlation(frames, shifted)), `lag ${lag}`).toBeLessThan(bound);
    }
  });

  test("is keyed by pixel and frame: a frame by itself has the noise it has in the movie", async () => {
    const recording = await record(20, {});
    const { movie } = await recording.frame(5);
    expect(movie.data).toEqual(recording.observed.data.slice(5 * pixels, 6 * pixels));
  });

  test("changes with the seed", async () => {
    const [one, other] = [await counts(20, {}, 1), await counts(20, {}, 2)];
    expect(Math.abs(correlation(one, other))).toBeLessThan(5 / Math.sqrt(N));
  });
});

test("announces its exposure for whoever judges signal against noise", () => {
  const { compile } = createSimulator({ steps: [sensor] });
  const { scene } = compile({
    acquisition: {
      fps: 10,
      exposure_fraction: 0.5,
      optics: { magnification: 4 },
      image_sensor: { pixel_pitch_um: 8, quantum_efficiency: 0.6, read_noise_e: 7 },
    },
    steps: [{ kind: "sensor", photons_per_um2_s: 321 }],
  });
  // 2 × 2 µm for a twentieth of a second.
  expect(scene.get(facts.exposure)).toEqual({
    ...exposureWith({ photons_per_unit: 321 * 4 * 0.05, quantum_efficiency: 0.6, read_noise_e: 7 }),
    max_count: 255,
  });
});

describe("a chip whose pixels differ", () => {
  const flat = { quantum_efficiency: 0.5, read_noise_e: 0, black_level_adu: 200 };
  const frameOf = (movie: ArrayLike<number>, f: number) =>
    Array.prototype.slice.call(movie, f * SIDE * SIDE, (f + 1) * SIDE * SIDE) as number[];
  /** Mean over the frames of each pixel. */
  const still = (movie: ArrayLike<number>) =>
    Float64Array.from({ length: SIDE * SIDE }, (_, pixel) => {
      let sum = 0;
      for (let f = 0; f < FRAMES; f++) sum += movie[f * SIDE * SIDE + pixel]!;
      return sum / FRAMES;
    });
  const rowMeans = (frame: ArrayLike<number>) =>
    Float64Array.from({ length: SIDE }, (_, row) => {
      let sum = 0;
      for (let col = 0; col < SIDE; col++) sum += frame[row * SIDE + col]!;
      return sum / SIDE;
    });

  test("has the black level in the dark", async () => {
    expect((await counts(0, flat)).every((count) => count === 200)).toBe(true);
  });

  test("spreads its sensitivities by the PRNU", async () => {
    // 50 000 e⁻: shot noise of 1/224 in a frame; PRNU 5 %.
    const pattern = still(await counts(1000, { ...flat, prnu: 0.05 }));
    const variance = moment(pattern, 2) - 50_000 / FRAMES;
    const spread = Math.sqrt(variance) / 50_000;
    // Five standard errors of a standard deviation of 16 384 pixels.
    expect(Math.abs(spread / 0.05 - 1)).toBeLessThan(5 / Math.sqrt(2 * SIDE * SIDE));
  });

  test("spreads its offsets by the DSNU, its rows and its columns", async () => {
    const dark = still(await counts(0, { ...flat, dsnu_e: 20 }));
    expect(Math.abs(Math.sqrt(moment(dark, 2) - 1 / 12) / 20 - 1)).toBeLessThan(
      5 / Math.sqrt(2 * SIDE * SIDE),
    );
    const rows = rowMeans(still(await counts(0, { ...flat, row_pattern_e: 20 })));
    // 128 rows: a standard deviation is good to 1/√256.
    expect(Math.abs(Math.sqrt(moment(rows, 2)) / 20 - 1)).toBeLessThan(5 / Math.sqrt(2 * SIDE));
    const columns = still(await counts(0, { ...flat, column_pattern_e: 20 }));
    const first = Float64Array.from(columns.subarray(0, SIDE));
    expect([...columns]).toEqual(Array.from({ length: SIDE }, () => [...first]).flat());
    expect(Math.abs(Math.sqrt(moment(first, 2)) / 20 - 1)).toBeLessThan(5 / Math.sqrt(2 * SIDE));
  });

  test("gives all pixels of a row the same noise in a frame, and another in the next", async () => {
    const movie = await counts(0, { ...flat, row_noise_e: 20 });
    const offsets = Array.from({ length: FRAMES }, (_, f) => {
      const frame = frameOf(movie, f);
      const rows = Array.from({ length: SIDE }, (_, row) => frame[row * SIDE]!);
      expect(frame).toEqual(rows.flatMap((value) => new Array(SIDE).fill(value)));
      return rows;
    });
    const all = Float64Array.from(offsets.flat());
    expect(Math.abs(Math.sqrt(moment(all, 2)) / 20 - 1)).toBeLessThan(
      5 / Math.sqrt(2 * all.length),
    );
    expect(offsets[0]).not.toEqual(offsets[1]);
  });

  test("has hot pixels as many and as hot as it says", async () => {
    const share = 0.02;
    const movie = await counts(0, {
      ...flat,
      hot_pixel_fraction: share,
      hot_pixel_current_e_s: 5000,
    });
    const hot = [...still(movie)].filter((count) => count > 200.5);
    const error = Math.sqrt(share * SIDE * SIDE);
    expect(Math.abs(hot.length - share * SIDE * SIDE)).toBeLessThan(5 * error);
    // Exponential: its standard deviation is its mean.
    const current = mean(hot) - 200;
    expect(Math.abs(current / 5000 - 1)).toBeLessThan(5 / Math.sqrt(hot.length));
  });

  test("keeps its pattern when other numbers change, and leaves other draws alone", async () => {
    const pattern = async (chip: object) =>
      (await record(0, { ...flat, dsnu_e: 20, ...chip })).ground_truth.get("sensor_offset")!.data;
    expect(await pattern({ prnu: 0.1, hot_pixel_fraction: 0.1 })).toEqual(await pattern({}));
    const plain = await counts(20, flat);
    const shifted = await counts(20, { ...flat, row_pattern_e: 1e-9 });
    expect(shifted).toEqual(plain);
  });
});

test("a movie keeps the top bits of its converter", async () => {
  const chip = { read_noise_e: 5, black_level_adu: 37 };
  const whole = await counts(10, { ...chip, adc_bits: 10, bit_depth: 10 });
  const top = await counts(10, { ...chip, adc_bits: 10, bit_depth: 8 });
  expect(top).toEqual(whole.map((count) => Math.floor(count / 4)));
});

test("a full well is full", async () => {
  const full = await counts(1e6, { full_well_e: 1234 });
  expect(full.every((count) => count === 1234)).toBe(true);
});

test("photons follow area and time: half the pitch a quarter, half the rate twice, half the shutter half", () => {
  const { compile } = createSimulator({ steps: [sensor] });
  const photons = (acquisition: object, chip: object = {}) =>
    compile({
      acquisition: { image_sensor: { pixel_pitch_um: 8, ...chip }, ...acquisition },
      steps: [{ kind: "sensor" }],
    }).scene.get(facts.exposure)!.photons_per_unit;
  const usual = photons({ fps: 20 });
  const near = (value: number, wanted: number) =>
    expect(Math.abs(value / wanted - 1)).toBeLessThan(1e-6);
  near(photons({ fps: 20 }, { pixel_pitch_um: 4 }), usual / 4);
  near(photons({ fps: 10 }), 2 * usual);
  near(photons({ fps: 20, exposure_fraction: 0.5 }), usual / 2);
});
