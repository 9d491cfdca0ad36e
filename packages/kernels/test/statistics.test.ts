// Quantiles and medians.
import { median, quantile } from "@minisim/kernels/statistics";
import { expect, test } from "vitest";

test("quantiles interpolate between neighbours", () => {
  const sorted = Float64Array.of(1, 2, 3, 4);
  expect([0, 0.5, 0.9, 1].map((share) => quantile(sorted, share))).toEqual([1, 2.5, 3.7, 4]);
  expect(quantile([7], 0.3)).toBe(7);
});

test("a median is the middle number, or the mean of the two middle ones", () => {
  expect(median([1, 2, 9])).toBe(2);
  expect(median([1, 2, 4, 9])).toBe(3);
  expect(median([5])).toBe(5);
});

test("of nothing there is neither", () => {
  expect(quantile([], 0.5)).toBeNaN();
  expect(median([])).toBeNaN();
});
