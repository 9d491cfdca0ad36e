// Correlations and activity on input that has an exact answer, and on input that has none.
import { activitySimilarity, fieldPearson, tracePearson } from "@minisim/scoring";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const trace = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 });
const varying = trace.filter((values) => new Set(values).size > 1);
const NOTHING = { correlation: null, scale: 0, varianceExplained: 0 };

describe("no correlation", () => {
  test.each([
    ["constant", [0.1, 0.1, 0.1]],
    ["with NaN", [1, NaN, 2]],
    ["infinite", [1, -Infinity, 2]],
  ])("with a trace that is %s", (_, odd) => {
    const plain = [1, 2, 4];
    expect(tracePearson(odd, plain)).toBeNull();
    expect(tracePearson(plain, odd)).toBeNull();
    expect(fieldPearson(odd, plain)).toBeNull();
    expect(activitySimilarity(odd, plain)).toEqual(NOTHING);
    expect(activitySimilarity(plain, odd)).toEqual(NOTHING);
  });

  test("with none or one value", () => {
    expect(tracePearson([], [])).toBeNull();
    expect(tracePearson([1], [2])).toBeNull();
    expect(activitySimilarity([], [])).toEqual(NOTHING);
  });

  test("with another length: an error", () => {
    expect(() => tracePearson([1, 2], [1])).toThrow(
      "The estimated trace has 2 values, the true one 1.",
    );
    expect(() => fieldPearson([1], [])).toThrow(
      "The estimated field has 1 values, the true one 0.",
    );
    expect(() => activitySimilarity([1], [])).toThrow("The estimated activity has 1 values");
  });
});

describe("correlation", () => {
  test("is that of the textbook", () => {
    // Deviations (−1, 0, 1) and (−2, 1, 1): 3 / √(2 · 6). A few roundings of float64.
    expect(tracePearson([1, 2, 3], [0, 3, 3])).toBeCloseTo(3 / Math.sqrt(12), 14);
  });

  test("is symmetric, and ±1 for an affine copy", () => {
    fc.assert(
      fc.property(varying, fc.integer({ min: 1, max: 9 }), (values, slope) => {
        const copy = values.map((value) => 3 - slope * value);
        const found = tracePearson(copy, values)!;
        // Forty terms, each rounded a few times.
        expect(Math.abs(found + 1)).toBeLessThanOrEqual(1e-13);
        expect(tracePearson(values, copy)).toBe(found);
        expect(found).toBeGreaterThanOrEqual(-1);
      }),
    );
  });

  test("survives numbers whose squares do not fit", () => {
    for (const unit of [1e-320, 1e300]) {
      expect(tracePearson([0, unit, 0, unit], [1, 2, 1, 2])).toBe(1);
    }
  });
});

describe("activity", () => {
  test("recovers scale, whatever the offset, and explains everything", () => {
    fc.assert(
      fc.property(varying, fc.integer({ min: 1, max: 64 }), (truth, factor) => {
        const estimate = truth.map((value) => value / factor - 5);
        const found = activitySimilarity(estimate, truth);
        // Thousandths of the largest value, squared: 1e-6 of relative cancellation on float64's 1e-16.
        expect(Math.abs(found.scale / factor - 1)).toBeLessThanOrEqual(1e-9);
        expect(Math.abs(found.varianceExplained - 1)).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  test("variance explained is 1 − residual / total of the best non-negative fit", () => {
    const pair = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
      {
        minLength: 3,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(pair, (pairs) => {
        const [estimate, truth] = [pairs.map(([e]) => e), pairs.map(([, t]) => t)];
        const found = activitySimilarity(estimate, truth);
        fc.pre(found.correlation !== null);
        const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
        const offset = mean(truth) - found.scale * mean(estimate);
        const residual = mean(pairs.map(([e, t]) => (t - found.scale * e - offset) ** 2));
        const total = mean(truth.map((t) => (t - mean(truth)) ** 2));
        // Thirty digits 0 to 9: the quotient is good to a few hundred roundings.
        expect(Math.abs(found.varianceExplained - (1 - residual / total))).toBeLessThanOrEqual(
          1e-12,
        );
        expect(found.scale).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
