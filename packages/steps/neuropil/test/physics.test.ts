// The equations of the background: envelope, time courses, spatial components.

import { createRandom } from "@minisim/random";
import { populationEnvelope } from "@minisim/step-neuropil";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareEqually, smoothField } from "../src/spatial.ts";
import { timeCourse } from "../src/time-courses.ts";
import oracle from "./fixtures/neuropil.json" with { type: "json" };

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("population envelope", () => {
  const { traces, tau_frames, envelope } = oracle.population_envelope;
  const summed = (factor = 1) =>
    Float64Array.from(envelope, (_, t) =>
      traces.reduce((sum, trace) => sum + factor * trace[t]!, 0),
    );

  test("meets the oracle", () => {
    const found = populationEnvelope(summed(), tau_frames)!;
    // float64 formula: 1e-12 relative
    for (const [t, value] of envelope.entries()) {
      expect(Math.abs(found[t]! / value - 1)).toBeLessThan(1e-12);
    }
  });

  test("knows no brightness: its mean is 1 and a common factor changes nothing", () => {
    const found = populationEnvelope(summed(), 3)!;
    const brighter = populationEnvelope(summed(8), 3)!;
    expect(mean(found)).toBeCloseTo(1, 12);
    expect(brighter).toEqual(found);
  });

  test("is causal: a late spike changes no earlier frame but by the common scale", () => {
    const flat = new Float64Array(20).fill(1);
    const late = flat.slice();
    late[15] = 9;
    const found = populationEnvelope(late, 2)!;
    for (let t = 1; t < 15; t++) expect(found[t]).toBe(found[0]);
    expect(found[15]).toBeGreaterThan(found[14]!);
  });

  test("is absent without light", () => {
    expect(populationEnvelope(new Float64Array(0), 2)).toBeNull();
    expect(populationEnvelope(new Float64Array(5), 2)).toBeNull();
  });
});

describe("time course", () => {
  test("has mean 1 by itself", () => {
    const n = 20_000;
    const { normal } = createRandom(2).stream("x");
    const x = Float64Array.from({ length: n }, normal);
    // exp(0.4 x − 0.08) has variance e^0.16 − 1; 5 standard errors.
    const tolerance = 5 * Math.sqrt((Math.exp(0.16) - 1) / n);
    expect(Math.abs(mean(timeCourse(x, null, 0.7)) - 1)).toBeLessThan(tolerance);
  });

  test("mixes its own drift with the population by the coupling", () => {
    const x = Float64Array.of(-1, 0, 2);
    const population = Float64Array.of(0.5, 1, 1.5);
    const own = timeCourse(x, null, 0);
    expect(own[0]).toBeCloseTo(Math.exp(-0.48), 12);
    expect(timeCourse(x, population, 1)).toEqual(population);
    const mixed = timeCourse(x, population, 0.25);
    for (let t = 0; t < 3; t++) {
      expect(mixed[t]).toBeCloseTo(0.75 * own[t]! + 0.25 * population[t]!, 12);
    }
  });
});

describe("spatial component", () => {
  test("spans 0 to 1", () => {
    const field = smoothField({ height: 40, width: 31 }, 3, [1, 2]);
    expect(Math.min(...field)).toBe(0);
    expect(Math.max(...field)).toBe(1);
  });

  test("is 1 where there can be no contrast", () => {
    expect(smoothField({ height: 1, width: 1 }, 3, [1, 2])).toEqual(Float64Array.of(1));
  });

  test("is correlated like white noise behind a Gaussian", () => {
    const size = 512;
    const sigma = 2;
    const field = smoothField({ height: size, width: size }, sigma, [3, 4]);
    const centre = mean(field);
    const lag = 4;
    let power = 0;
    let product = 0;
    for (let row = 0; row < size; row++) {
      for (let col = 0; col + lag < size; col++) {
        const here = field[row * size + col]! - centre;
        power += here * here;
        product += here * (field[row * size + col + lag]! - centre);
      }
    }
    // White noise through a Gaussian has correlation exp(−lag²/4σ²). The field holds about area/(4πσ²) = 5200 independent
    // patches, so an estimated correlation has a standard deviation below √(2/5200) = 0.02; 5 of them.
    expect(Math.abs(product / power - Math.exp((-lag * lag) / (4 * sigma * sigma)))).toBeLessThan(
      0.1,
    );
  });

  test("keeps its pattern when the margin grows", () => {
    const small = smoothField({ height: 60, width: 51 }, 2, [5, 6]);
    const large = smoothField({ height: 80, width: 71 }, 2, [5, 6]);
    // Away from the edges the two differ by offset and scale only: ratios of differences agree. Both went through
    // float32 (6e-8) and a difference of order 0.1, hence 1e-5.
    const at = (row: number, col: number) =>
      [small[row * 51 + col]!, large[(row + 10) * 71 + col + 10]!] as const;
    const [a, b] = [at(20, 20), at(35, 30)];
    for (let col = 12; col < 39; col++) {
      const here = at(30, col);
      const ratios = [0, 1].map((k) => (here[k]! - a[k]!) / (b[k]! - a[k]!));
      expect(Math.abs(ratios[0]! - ratios[1]!)).toBeLessThan(1e-5 / Math.abs(b[0]! - a[0]!));
    }
  });
});

test("components share the light equally and lose none on the whole", () => {
  const field = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
    minLength: 12,
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 4 }), (fields) => {
      const shared = shareEqually(fields.map((values) => Float64Array.from(values)));
      const common = mean(fields.map(mean));
      for (let k = 0; k < fields.length; k++) {
        // float64: 12 additions of positive numbers
        expect(Math.abs(mean(shared.subarray(12 * k, 12 * k + 12)) / common - 1)).toBeLessThan(
          1e-12,
        );
      }
    }),
  );
});
