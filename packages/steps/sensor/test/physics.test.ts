// The photon-transfer curve of rendered frames of constant light: mean, variance, symmetry, quantization, clipping.
// Seeded; every bound is five standard errors of its statistic for N pixels (one chance in 2 million if unseeded).
import { accumulate, defineStep, facts } from "@minisim/pipeline";
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
      { kind: "sensor", photons_per_unit: 100 },
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
    acquisition: { image_sensor: { quantum_efficiency: 0.6, read_noise_e: 7 } },
    steps: [{ kind: "sensor", photons_per_unit: 321 }],
  });
  expect(scene.get(facts.exposure)).toEqual({
    photons_per_unit: 321,
    quantum_efficiency: 0.6,
    read_noise_e: 7,
  });
});
