// Quantiles and medians.
import { firstAtOrAfter, median, orderStatistic, quantile } from "@minisim/kernels/statistics";
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

test("an order statistic is one of the numbers", () => {
  const sorted = Float64Array.of(1, 2, 4, 9);
  expect([0, 0.2, 0.25, 0.5, 0.99, 1].map((share) => orderStatistic(sorted, share))).toEqual([
    1, 1, 2, 4, 9, 9,
  ]);
  expect(orderStatistic([7], 0.5)).toBe(7);
  // By the share or by a division it is the same place, of any number of numbers.
  for (let n = 1; n < 3000; n++) {
    const places = Array.from({ length: n }, (_, i) => i);
    const found = [0.5, 0.2, 0.1].map((share) => orderStatistic(places, share));
    expect(found).toEqual([n >> 1, Math.floor(n / 5), Math.floor(n / 10)]);
  }
});

test("of nothing there is none of them", () => {
  expect(orderStatistic([], 0.5)).toBeNaN();
  expect(quantile([], 0.5)).toBeNaN();
  expect(median([])).toBeNaN();
});

test("a number is found among sorted ones, the first of equals, and beyond the last where all are less", () => {
  const sorted = Float64Array.of(1, 2, 2, 5);
  expect([0, 1, 1.5, 2, 2.1, 5, 6].map((value) => firstAtOrAfter(sorted, value))).toEqual([
    0, 0, 1, 1, 3, 3, 4,
  ]);
  expect(firstAtOrAfter(new Float64Array(0), 3)).toBe(0);
});
