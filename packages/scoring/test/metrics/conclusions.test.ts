// Counts in bins and changes relative to a baseline, on traces of a few frames.
import { countCorrelation, relativeChangeError, tracePearson } from "@minisim/scoring";
import { expect, test } from "vitest";

test("counts are sums over whole bins", () => {
  const [found, real] = [
    [1, 0, 0, 2, 3, 0, 1, 1, 9],
    [0, 1, 1, 1, 0, 3, 2, 2, 0],
  ];
  // Bins of 3 frames: 1, 5, 11 and 2, 4, 4.
  expect(countCorrelation(found!, real!, 3)).toBe(tracePearson([1, 5, 11], [2, 4, 4]));
  // Of 4: 3, 5 and 3, 7; the ninth frame fills no bin.
  expect(countCorrelation(found!, real!, 4)).toBeCloseTo(1, 12);
  expect(countCorrelation(found!, real!, 1)).toBe(tracePearson(found!, real!));
  expect(countCorrelation(found!, real!, 8)).toBeNull();
  expect(() => countCorrelation([1], real!, 1)).toThrow("1 values, the true one 9");
});

test("the error of ΔF/F forgives a scale and an offset, and nothing else", () => {
  // Ten frames at rest and one transient: the 10th percentile is 0.
  const real = [0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 0];
  expect(relativeChangeError(real, real)).toBe(0);
  // 1 − (ΔF · ΔF′)² is 0 to the rounding of a sum of squares, about 1e-16; its root is 1e-8.
  expect(
    relativeChangeError(
      real.map((value) => 7 * value + 100),
      real,
    ),
  ).toBeLessThan(1e-7);
  // Only the 4 of (3, 4): the projection explains 16 of 25.
  const half = [0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0];
  expect(relativeChangeError(half, real)).toBeCloseTo(Math.sqrt(1 - 16 / 25), 12);
  // Orthogonal, or against it: nothing is told.
  expect(relativeChangeError([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0], real)).toBe(1);
  expect(
    relativeChangeError(
      real.map((value) => -value),
      real,
    ),
  ).toBe(1);
});

test("a constant or NaN has no error", () => {
  expect(relativeChangeError([1, 1, 1], [0, 1, 0])).toBeNull();
  expect(relativeChangeError([0, 1, 0], [2, 2, 2])).toBeNull();
  expect(relativeChangeError([0, Number.NaN, 0], [0, 1, 0])).toBeNull();
  expect(() => relativeChangeError([0], [0, 1])).toThrow("1 values, the true one 2");
});
