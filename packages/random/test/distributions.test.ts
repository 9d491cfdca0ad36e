// Every distribution against its law. All draws are seeded: each bound is wide enough (5 standard errors, or a tail
// probability near 1e-4) that a correct law passes and a wrong one, at these sizes, does not.
import { createRandom, type Stream } from "@minisim/random";
import { describe, expect, test } from "vitest";
import { chiSquare, kolmogorov, mean, normalCdf, variance } from "./statistics.ts";

const N = 100_000;
const SIGMAS = 5;
// P(√n·D > 2.2) = 2·exp(−2·2.2²) ≈ 1.2e-4.
const KOLMOGOROV = 2.2;

const sample = (name: string, draw: (stream: Stream) => number, n = N) => {
  const stream = createRandom(11).stream("law", name);
  return Float64Array.from({ length: n }, () => draw(stream));
};

describe("continuous laws", () => {
  test("uniform: in [0, 1), flat, with bits below 2^-32", () => {
    const u = sample("uniform", (s) => s.uniform());
    expect(u.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(u.some((x) => x * 2 ** 32 !== Math.floor(x * 2 ** 32))).toBe(true);
    expect(u.every((x) => x * 2 ** 53 === Math.floor(x * 2 ** 53))).toBe(true);
    expect(kolmogorov(u, (x) => x)).toBeLessThan(KOLMOGOROV);
    expect(Math.abs(mean(u) - 0.5)).toBeLessThan(SIGMAS * Math.sqrt(1 / 12 / N));
  });

  test("normal: mean 0, variance 1, no skew, both of a pair, successive draws uncorrelated", () => {
    const z = sample("normal", (s) => s.normal());
    expect(kolmogorov(z, normalCdf)).toBeLessThan(KOLMOGOROV);
    expect(Math.abs(mean(z))).toBeLessThan(SIGMAS / Math.sqrt(N));
    expect(Math.abs(variance(z) - 1)).toBeLessThan(SIGMAS * Math.sqrt(2 / N));
    // Var(z³) = 15.
    expect(Math.abs(mean(z.map((x) => x ** 3)))).toBeLessThan(SIGMAS * Math.sqrt(15 / N));
    const products = z.subarray(1).map((x, i) => x * z[i]!);
    expect(Math.abs(mean(products))).toBeLessThan(SIGMAS / Math.sqrt(N));
  });

  test("exponential: rate 1", () => {
    const x = sample("exponential", (s) => s.exponential());
    expect(kolmogorov(x, (v) => 1 - Math.exp(-v))).toBeLessThan(KOLMOGOROV);
    expect(Math.abs(mean(x) - 1)).toBeLessThan(SIGMAS / Math.sqrt(N));
  });

  test.each([
    [1, 0.3],
    [7, 1.2],
  ])("lognormal: mean %d, cv %d", (average, cv) => {
    const x = sample(`lognormal ${cv}`, (s) => s.lognormal(average, cv));
    const sigma = Math.sqrt(Math.log(1 + cv * cv));
    const mu = Math.log(average) - sigma ** 2 / 2;
    expect(kolmogorov(x, (v) => normalCdf((Math.log(v) - mu) / sigma))).toBeLessThan(KOLMOGOROV);
    expect(Math.abs(mean(x) / average - 1)).toBeLessThan((SIGMAS * cv) / Math.sqrt(N));
  });

  test("lognormal without spread is its mean", () => {
    expect(createRandom(0).stream().lognormal(3.5, 0)).toBe(3.5);
  });
});

describe("discrete laws", () => {
  test.each([0.02, 3.7, 16, 16.5, 70])("poisson: mean %d", (average) => {
    const counts = sample(`poisson ${average}`, (s) => s.poisson(average));
    let p = Math.exp(-average);
    const pmf = Array.from({ length: 200 }, (_, k) => {
      if (k > 0) p *= average / k;
      return p;
    });
    const { statistic, degrees } = chiSquare(counts, pmf);
    expect(statistic).toBeLessThan(degrees + 4 * Math.sqrt(2 * degrees) + 8);
    expect(Math.abs(mean(counts) - average)).toBeLessThan(SIGMAS * Math.sqrt(average / N));
  });

  test("poisson: a mean of zero gives zero", () => {
    expect(createRandom(0).stream().poisson(0)).toBe(0);
  });

  test.each([0.9, 0.25, 0.01])("geometric: p %d", (p) => {
    const failures = sample(`geometric ${p}`, (s) => s.geometric(p));
    const pmf = Array.from({ length: 2000 }, (_, k) => p * (1 - p) ** k);
    const { statistic, degrees } = chiSquare(failures, pmf);
    expect(statistic).toBeLessThan(degrees + 4 * Math.sqrt(2 * degrees) + 8);
  });

  test("geometric: certain and impossible success take one uniform like any other", () => {
    const stream = createRandom(0).stream("edge");
    const twin = createRandom(0).stream("edge");
    expect([stream.geometric(1), stream.geometric(0)]).toEqual([0, Number.POSITIVE_INFINITY]);
    twin.uniform();
    twin.uniform();
    expect(stream.uniform()).toBe(twin.uniform());
  });

  test("bernoulli: frequency p; 0 never, 1 always", () => {
    const hits = sample("bernoulli", (s) => Number(s.bernoulli(0.3)));
    expect(Math.abs(mean(hits) - 0.3)).toBeLessThan(SIGMAS * Math.sqrt((0.3 * 0.7) / N));
    expect(mean(sample("never", (s) => Number(s.bernoulli(0)), 1000))).toBe(0);
    expect(mean(sample("always", (s) => Number(s.bernoulli(1)), 1000))).toBe(1);
  });

  test("integer: every value equally often", () => {
    const values = sample("integer", (s) => s.integer(17));
    const { statistic, degrees } = chiSquare(values, new Array<number>(17).fill(1 / 17));
    expect(degrees).toBe(16);
    expect(statistic).toBeLessThan(degrees + 4 * Math.sqrt(2 * degrees) + 8);
    expect(createRandom(0).stream().integer(1)).toBe(0);
  });
});

test("parameters outside their range are refused in one sentence", () => {
  const stream = createRandom(0).stream();
  expect(() => stream.integer(0)).toThrow("integer(n) needs a whole n of at least 1, not 0.");
  expect(() => stream.integer(2.5)).toThrow(RangeError);
  expect(() => stream.poisson(-1)).toThrow(
    "poisson(mean) needs a finite mean of at least 0, not -1.",
  );
  expect(() => stream.poisson(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  expect(() => stream.lognormal(0, 1)).toThrow("finite mean above 0");
  expect(() => stream.lognormal(1, Number.NaN)).toThrow("finite cv of at least 0");
  expect(() => stream.geometric(1.1)).toThrow(
    "geometric(p) needs a probability from 0 to 1, not 1.1.",
  );
  expect(() => stream.bernoulli(Number.NaN)).toThrow(RangeError);
});
