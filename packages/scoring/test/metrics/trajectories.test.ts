// Motion: the error of a trajectory, and the shift that it leaves behind.
import { FootprintStack } from "@minisim/footprint";
import { globalShiftFromTrajectories, matchFootprints, shiftRmse } from "@minisim/scoring";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { block } from "./support.ts";

const truth = [0, 0, 1, -2, 3, 1, -2, 0.5];

describe("root mean square error", () => {
  test("counts both axes of every frame", () => {
    // One component of eight is off by 4.
    const estimate = truth.map((value, k) => (k === 5 ? value + 4 : value));
    expect(shiftRmse(estimate, truth)).toBe(Math.sqrt(16 / 8));
    expect(shiftRmse(truth, truth)).toBe(0);
  });

  test("takes a correction for its negation, and a constant offset for nothing", () => {
    const offset = truth.map((value, k) => value + [3, -8][k % 2]!);
    const negated = offset.map((value) => -value);
    expect(shiftRmse(offset, truth)).toBe(Math.sqrt((9 + 64) / 2));
    expect(shiftRmse(negated, truth, { correction: true })).toBe(Math.sqrt((9 + 64) / 2));
    expect(shiftRmse(offset, truth, { align: true })).toBe(0);
  });
});

describe("global shift", () => {
  test("moves what the corrected movie shows back onto the truth", () => {
    const canvas = { height: 30, width: 30 };
    const step = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(step, step, fc.boolean(), (dy, dx, correction) => {
        // Motion found (dy, dx) too large everywhere: corrected, a cell at p stands at p + motion − found.
        const found = truth.map((value, k) => value + [dy, dx][k % 2]!);
        const seen = FootprintStack.from([block(10 - dy, 12 - dx, 4, 6)], canvas);
        const cell = FootprintStack.from([block(10, 12, 4, 6)], canvas);
        const estimate = correction ? found.map((value) => -value) : found;
        const shift = globalShiftFromTrajectories(estimate, truth, { correction });
        expect(matchFootprints(seen, cell, { shift }).similarity).toEqual(Float64Array.of(1));
      }),
    );
  });

  test("is the rounded mean, without a negative zero", () => {
    expect(globalShiftFromTrajectories([1, -0.2, 2, -0.2], [0, 0, 0, 0])).toEqual([2, 0]);
    expect(globalShiftFromTrajectories([-0.2, 3], [0, 0])).toEqual([0, 3]);
  });
});

test.each([
  ["no frames", [], []],
  ["NaN", [1, NaN], [0, 0]],
  ["infinite", [1, 2], [0, Infinity]],
])("%s: null", (_, a, b) => {
  expect(shiftRmse(a, b)).toBeNull();
  expect(shiftRmse(a, b, { correction: true, align: true })).toBeNull();
  expect(globalShiftFromTrajectories(a, b)).toBeNull();
});

test("trajectories of different or odd lengths are refused", () => {
  expect(() => shiftRmse([1, 2], [1, 2, 3, 4])).toThrow(
    "Trajectories hold dy and dx of the same frames, not 2 and 4 values.",
  );
  expect(() => globalShiftFromTrajectories([1], [1])).toThrow(RangeError);
});

test("differences too large to square have no mean square", () => {
  expect(shiftRmse([1e200, 0], [0, 0])).toBeNull();
  expect(shiftRmse([1e150, 0], [0, 0])! / 1e150).toBeCloseTo(Math.SQRT1_2, 12);
});
