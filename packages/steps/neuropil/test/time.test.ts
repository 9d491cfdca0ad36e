// The time courses of the background: the population's envelope, the size and the speed of the fluctuation.
import { createRandom, ornsteinUhlenbeck } from "@minisim/random";
import { neuropil, populationEnvelope } from "@minisim/step-neuropil";
import { describe, expect, test } from "vitest";
import { logSd, timeCourse } from "../src/time-courses.ts";
import oracle from "./fixtures/neuropil.json" with { type: "json" };
import { mean, sd } from "./statistics.ts";

const defaults = neuropil.params.parse({});

describe("population envelope", () => {
  const { traces, tau_frames, envelope } = oracle.population_envelope;
  const summed = (factor = 1) =>
    Float64Array.from(envelope, (_, t) =>
      traces.reduce((sum, trace) => sum + factor * trace[t]!, 0),
    );

  test("meets the oracle, standardized", () => {
    const found = populationEnvelope(summed(), tau_frames)!;
    for (const [t, value] of envelope.entries()) {
      // float64, and a difference of about a tenth of the values: 1e-12
      expect(Math.abs(found[t]! - (value - mean(envelope)) / sd(envelope))).toBeLessThan(1e-12);
    }
  });

  test("knows neither brightness nor baseline: mean 0, standard deviation 1", () => {
    const found = populationEnvelope(summed(), 3)!;
    expect(mean(found)).toBeCloseTo(0, 12);
    expect(sd(found)).toBeCloseTo(1, 12);
    const other = populationEnvelope(
      summed(8).map((value) => value + 5),
      3,
    )!;
    for (const [t, value] of found.entries()) expect(other[t]).toBeCloseTo(value, 10);
  });

  test("is causal: before a late spike nothing moves", () => {
    const late = new Float64Array(20).fill(1);
    late[15] = 9;
    const found = populationEnvelope(late, 2)!;
    for (let t = 1; t < 15; t++) expect(found[t]).toBe(found[0]);
    expect(found[15]).toBeGreaterThan(found[14]!);
  });

  test("is absent where nothing varies", () => {
    expect(populationEnvelope(new Float64Array(0), 2)).toBeNull();
    expect(populationEnvelope(new Float64Array(5), 2)).toBeNull();
    expect(populationEnvelope(new Float64Array(7).fill(0.1), 2)).toBeNull();
  });
});

describe("time course", () => {
  const n = 20_000;
  const { normal } = createRandom(2).stream("x");
  const x = Float64Array.from({ length: n }, normal);

  test("has mean 1, and a logarithm with the given standard deviations", () => {
    const population = Float64Array.from({ length: n }, normal);
    const own = timeCourse(x, population, { shared: 0.1, own: 0.2 });
    // The logarithm has variance 0.05, the exponential e^0.05 − 1; 5 standard errors.
    expect(Math.abs(mean(own) - 1)).toBeLessThan(5 * Math.sqrt((Math.exp(0.05) - 1) / n));
    const logarithm = sd(own.map(Math.log));
    // A standard deviation of n normal values has the relative error 1/√(2n); 5 of them.
    expect(Math.abs(logarithm / Math.sqrt(0.05) - 1)).toBeLessThan(5 / Math.sqrt(2 * n));
  });

  test("without a population has its own fluctuation alone", () => {
    const zero = new Float64Array(n);
    const part = { shared: 0, own: 0.2 };
    expect(timeCourse(x, null, part)).toEqual(timeCourse(x, zero, part));
  });
});

test.each([1, 16, 200])(
  "a pixel varies by fluctuation_cv, whether there are %i components or more",
  (n_components) => {
    for (const population_coupling of [0, 0.3, 1]) {
      const { shared, own } = logSd({ ...defaults, n_components, population_coupling });
      const contrast = 1 + defaults.fluctuation_contrast ** 2;
      const variance = shared ** 2 + (own ** 2 * contrast) / n_components;
      expect(Math.sqrt(variance)).toBeCloseTo(defaults.fluctuation_cv, 12);
    }
  },
);

test("fluctuates as fast as striatum: correlation time 1.2 s, power .46, .46, .07 below .1 Hz, to 1 Hz and above", () => {
  const fps = 10;
  const seconds = 8000;
  const { normal } = createRandom(5).stream("x");
  const x = ornsteinUhlenbeck(fps * seconds, defaults.temporal_tau_s * fps, normal);
  // An Ornstein-Uhlenbeck process has the spectrum 2τ/(1 + (2πfτ)²): the share below f is (2/π) atan(2πfτ).
  const share = (hz: number) =>
    (2 / Math.PI) * Math.atan(2 * Math.PI * hz * defaults.temporal_tau_s);
  // The recording has a tolerance of its own: one movie of 300 s has 300 · 0.1 = 30 periods below 0.1 Hz, so its shares have a
  // standard error of about .46/√30 = .08.
  expect(Math.abs(share(0.1) - 0.46)).toBeLessThan(0.08);
  expect(Math.abs(share(1) - share(0.1) - 0.46)).toBeLessThan(0.08);
  expect(Math.abs(1 - share(1) - 0.07)).toBeLessThan(0.08);
  let product = 0;
  const lag = 12;
  for (let t = 0; t + lag < x.length; t++) product += x[t]! * x[t + lag]!;
  // After 1.2 s a correlation of 1/e. About seconds/(2τ) independent values: a standard error below √(2τ/seconds) = .017; 5 of them.
  expect(Math.abs(product / (x.length - lag) - Math.exp(-1))).toBeLessThan(
    5 * Math.sqrt(2.4 / seconds),
  );
});
