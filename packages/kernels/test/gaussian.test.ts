// The Gaussian kernel against its formula and its limits.
import { gaussianTaps } from "@minisim/kernels";
import { exp } from "@minisim/kernels/math";
import fc from "fast-check";
import { expect, test } from "vitest";

test("sigma 0, and one too small for a neighbour, is the single tap 1", () => {
  expect(gaussianTaps(0)).toEqual({ radius: 0, taps: Float64Array.of(1) });
  expect(gaussianTaps(0.12)).toEqual({ radius: 0, taps: Float64Array.of(1) });
});

test("the ratio of two taps is that of the Gaussian", () => {
  const { radius, taps } = gaussianTaps(1.3);
  expect(radius).toBe(5);
  for (let k = -radius; k <= radius; k++) {
    const expected = taps[radius]! * exp((-k * k) / (2 * 1.3 * 1.3));
    // Float64 oracle: 1e-12 relative.
    expect(Math.abs(taps[k + radius]! / expected - 1)).toBeLessThan(1e-12);
  }
});

test("taps are symmetric, positive and sum to 1, and the radius is floor(4σ + 0.5)", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 60, noNaN: true }), (sigma) => {
      const { radius, taps } = gaussianTaps(sigma);
      expect(radius).toBe(Math.floor(4 * sigma + 0.5));
      expect(taps).toEqual(taps.slice().reverse());
      expect(taps.every((tap) => tap > 0)).toBe(true);
      // 481 taps at most, each rounded once in the quotient and once in the sum.
      expect(Math.abs(taps.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-12);
    }),
  );
});

test("a sigma that is no width is an error", () => {
  for (const sigma of [-1, Number.NaN, Infinity]) {
    expect(() => gaussianTaps(sigma)).toThrow(/sigma must be a finite number/);
  }
});
