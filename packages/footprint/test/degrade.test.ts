// Blur and gain: the observed footprint.
import { degradeFootprint, type Footprint, FootprintStack } from "@minisim/footprint";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canvasFootprint, footprintOn } from "./arbitraries.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const sum = (data: Float32Array) => data.reduce((total, value) => total + value, 0);
const peak = (data: Float32Array) => data.reduce((most, value) => Math.max(most, value), 0);
const sigma = () => fc.double({ min: 0, max: 6, noNaN: true });

describe("against float64", () => {
  const { offset, canvas_shape, patch, sigma_px, gain, dense } = oracles.degrade;
  const canvas = { height: canvas_shape[0]!, width: canvas_shape[1]! };
  const footprint: Footprint = {
    row: offset[0]!,
    col: offset[1]!,
    height: patch.length,
    width: patch[0]!.length,
    data: Float32Array.from(patch.flat()),
  };

  test("the oracle, to a millionth of its peak", () => {
    const stack = FootprintStack.from([footprint], canvas);
    const observed = stack.degrade([sigma_px], [gain]).toDense();
    const expected = Float32Array.from(dense.flat());
    const worst = observed.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i]!)), 0);
    expect(observed).toHaveLength(expected.length);
    // Two passes of at most 15 products in float32, ε = 6e-8.
    expect(worst).toBeLessThan(1e-6 * peak(expected));
  });

  test("the patch is the planted box grown by the radius and clipped", () => {
    // floor(4 · 1.7 + 0.5) = 7, clipped on the left only: the box starts at column 3.
    const { row, col, height, width } = degradeFootprint(footprint, canvas, sigma_px, gain);
    expect({ row, col, height, width }).toEqual({ row: 3, col: 0, height: 21, width: 19 });
  });
});

describe("light", () => {
  const canvas = { height: 90, width: 90 };

  // The largest radius is floor(4 · 6 + 0.5) = 24: a patch at 30…54 never reaches the border.
  test("is conserved by blur away from the border and scaled by the gain", () => {
    const far = footprintOn({ height: 12, width: 12 });
    fc.assert(
      fc.property(far, sigma(), fc.double({ min: 1e-6, max: 10, noNaN: true }), (fp, s, gain) => {
        const footprint = { ...fp, row: fp.row + 30, col: fp.col + 30 };
        const before = sum(footprint.data) * gain;
        // Non-negative float32 sums of at most 2 · 49 terms: relative error below 98 · 6e-8.
        expect(
          Math.abs(sum(degradeFootprint(footprint, canvas, s, gain).data) - before),
        ).toBeLessThanOrEqual(6e-6 * before);
      }),
    );
  });

  test("is lost past the border, never gained", () => {
    fc.assert(
      fc.property(canvasFootprint(), sigma(), ({ canvas: size, footprint }, s) => {
        const kept = sum(degradeFootprint(footprint, size, s, 1).data);
        expect(kept).toBeLessThanOrEqual(sum(footprint.data) * (1 + 6e-6));
      }),
    );
    const corner = { row: 0, col: 0, height: 1, width: 1, data: Float32Array.of(1) };
    // A quarter of the Gaussian and the taps on the two border lines: ((1 + tap₀)/2)², tap₀ ≈ 1/(3√(2π)) = 0.133.
    expect(sum(degradeFootprint(corner, canvas, 3, 1).data)).toBeCloseTo((1.133 / 2) ** 2, 3);
  });

  test("is linear in the gain: doubling it doubles every pixel exactly", () => {
    fc.assert(
      fc.property(
        canvasFootprint(),
        sigma(),
        fc.double({ min: 1e-3, max: 1, noNaN: true }),
        ({ canvas: size, footprint }, s, gain) => {
          const once = degradeFootprint(footprint, size, s, gain);
          const twice = degradeFootprint(footprint, size, s, 2 * gain);
          expect(twice.data).toEqual(once.data.map((value) => 2 * value));
        },
      ),
    );
  });

  test("stays where it is at zero width, whatever was drawn before", () => {
    fc.assert(
      fc.property(canvasFootprint(), ({ canvas: size, footprint }) => {
        const first = degradeFootprint(footprint, size, 1.3, 0.7);
        expect(degradeFootprint(footprint, size, 0, 1)).toEqual(footprint);
        expect(degradeFootprint(footprint, size, 1.3, 0.7)).toEqual(first);
      }),
    );
  });

  test("a width beyond the canvas spreads light evenly over it", () => {
    const size = { height: 5, width: 7 };
    const point = { row: 2, col: 3, height: 1, width: 1, data: Float32Array.of(1) };
    const { data, height, width } = degradeFootprint(point, size, 400, 1);
    expect({ height, width }).toEqual(size);
    // At 3 px off axis the Gaussian has fallen by (3/400)²/2 = 2.8e-5 of its peak.
    expect(Math.min(...data) / Math.max(...data)).toBeGreaterThan(1 - 6e-5);
  });

  test("blurred over more than a hundred thousand pixels is gone, at no cost", () => {
    const planted = { row: 1, col: 2, height: 1, width: 1, data: Float32Array.of(1) };
    expect(degradeFootprint(planted, { height: 5, width: 5 }, 1e11, 1).data).toHaveLength(0);
  });

  test("planted beyond the canvas is not there", () => {
    const size = { height: 4, width: 4 };
    const outside = { row: 9, col: 0, height: 1, width: 1, data: Float32Array.of(1) };
    expect(degradeFootprint(outside, size, 5, 1).data).toHaveLength(0);
    const half = { row: 3, col: 0, height: 2, width: 1, data: Float32Array.of(1, 1) };
    expect(degradeFootprint(half, size, 0, 1)).toEqual({
      ...half,
      height: 1,
      data: Float32Array.of(1),
    });
  });
});

test("impossible widths and gains are refused", () => {
  const point = { row: 0, col: 0, height: 1, width: 1, data: Float32Array.of(1) };
  const canvas = { height: 1, width: 1 };
  expect(() => degradeFootprint(point, canvas, -1, 1)).toThrow(RangeError);
  expect(() => degradeFootprint(point, canvas, 1, Number.NaN)).toThrow(
    "A footprint's gain must be finite and at least 0, not NaN.",
  );
});
