// The Ornstein-Uhlenbeck process: its statistics, and its recursion.
import { createRandom, ornsteinUhlenbeck } from "@minisim/random";
import { expect, test } from "vitest";

test("is stationary, with unit variance and an exponential correlation", () => {
  const runs = 4000;
  const tau = 6;
  const lag = 4;
  const random = createRandom(1);
  let first = 0;
  let last = 0;
  let product = 0;
  for (let run = 0; run < runs; run++) {
    const x = ornsteinUhlenbeck(11, tau, random.stream(run).normal);
    first += x[0]! ** 2 / runs;
    last += x[10]! ** 2 / runs;
    product += (x[10]! * x[10 - lag]!) / runs;
  }
  // A mean of n squared normals has standard deviation √(2/n); 5 of them.
  expect(Math.abs(first - 1)).toBeLessThan(5 * Math.sqrt(2 / runs));
  expect(Math.abs(last - 1)).toBeLessThan(5 * Math.sqrt(2 / runs));
  // The product of two normals of correlation ρ has variance 1 + ρ².
  const rho = Math.exp(-lag / tau);
  expect(Math.abs(product - rho)).toBeLessThan(5 * Math.sqrt((1 + rho * rho) / runs));
});

test("starts with a draw, and adds to what remains of the value before", () => {
  // With this correlation time half of the value remains.
  const correlation = 1 / Math.log(2);
  const draws = [2, 1, -1];
  const values = ornsteinUhlenbeck(3, correlation, () => draws.shift()!);
  const fresh = Math.sqrt(0.75);
  const expected = [2, 1 + fresh, 0.5 * (1 + fresh) - fresh];
  // A handful of roundings of numbers below 2, each at most 2^-53 of them.
  for (const [t, value] of values.entries()) expect(value).toBeCloseTo(expected[t]!, 14);
  expect(draws).toEqual([]);
});
