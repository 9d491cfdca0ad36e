// Motion against what every place did: closed forms beside sums over all pixels.
import { displacementRmse, patchShiftRmse, shiftRmse } from "@minisim/scoring";
import { describe, expect, test } from "vitest";

const fov = { height: 6, width: 9 };
const size = fov.height * fov.width;
const frames = 4;
let state = 7;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 31 - 1;
};
const draw = (length: number) => Float64Array.from({ length }, random);
const shifts = draw(2 * frames);
const fields = { basis: draw(3 * 2 * size), weights: draw(3 * frames) };
const truth = { shifts, fields, fov };

/** What the tissue did at a pixel. */
const moved = (t: number, axis: number, y: number, x: number) =>
  [0, 1, 2].reduce(
    (sum, k) =>
      sum +
      fields.weights[k * frames + t]! * fields.basis[(2 * k + axis) * size + y * fov.width + x]!,
    shifts[2 * t + axis]!,
  );

const all = <T>(length: number, value: (i: number) => T) =>
  Array.from({ length }, (_, i) => value(i));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

// Sums of at most 432 terms of order 1, in different orders.
const DIGITS = 13;

describe("one shift a frame", () => {
  const estimate = draw(2 * frames);
  const differences = (axis: number) =>
    all(frames, (t) =>
      all(size, (i) => {
        const there = moved(t, axis, Math.floor(i / fov.width), i % fov.width);
        return estimate[2 * t + axis]! - there;
      }),
    ).flat();

  test("is held against every pixel", () => {
    const expected = Math.sqrt(mean([0, 1].flatMap(differences).map((left) => left ** 2)));
    expect(displacementRmse(estimate, truth)).toBeCloseTo(expected, DIGITS);
    const correction = estimate.map((value) => -value);
    expect(displacementRmse(correction, truth, { correction: true })).toBeCloseTo(expected, DIGITS);
  });

  test("a constant offset is forgiven on request", () => {
    const squares = [0, 1].flatMap((axis) => {
      const left = differences(axis);
      return left.map((value) => (value - mean(left)) ** 2);
    });
    const aligned = displacementRmse(estimate, truth, { align: true });
    expect(aligned).toBeCloseTo(Math.sqrt(mean(squares)), DIGITS);
  });

  test("is the error of the trajectory where all tissue moves alike", () => {
    const rigid = displacementRmse(estimate, { ...truth, fields: null });
    expect(rigid).toBeCloseTo(shiftRmse(estimate, shifts)!, DIGITS);
  });

  test("has no error where there is nothing to compare", () => {
    expect(displacementRmse([], { ...truth, shifts: [] })).toBeNull();
    expect(displacementRmse(estimate.fill(Number.NaN, 3, 4), truth)).toBeNull();
  });
});

describe("shifts of patches", () => {
  const boxes = [
    [0, 0, 3, 5],
    [2, 4, 4, 5],
    [5, 8, 1, 1],
  ] as const;
  const patches = { shape: [3, 4], data: Float64Array.from(boxes.flat()) };
  const exact = all(frames, (t) =>
    boxes.map(([row, col, height, width]) =>
      [0, 1].map((axis) =>
        mean(
          all(height * width, (i) =>
            moved(t, axis, row + Math.floor(i / width), col + (i % width)),
          ),
        ),
      ),
    ),
  ).flat(2);
  const shape = [frames, 3, 2];

  test("are held against the mean displacement of their pixels", () => {
    const found = { patches, shifts: { shape, data: Float64Array.from(exact) } };
    expect(patchShiftRmse(found, truth)).toBeLessThan(1e-15);
    // One component of 24 is off by 6.
    found.shifts.data[7]! += 6;
    expect(patchShiftRmse(found, truth)).toBeCloseTo(Math.sqrt(36 / 24), DIGITS);
  });

  test("a constant offset of all of them is forgiven on request, one of a single patch is not", () => {
    const offset = { shape, data: Float64Array.from(exact, (value, i) => value + [3, -8][i % 2]!) };
    expect(patchShiftRmse({ patches, shifts: offset }, truth, { align: true })).toBeLessThan(1e-14);
    const lone = { shape, data: Float64Array.from(exact, (v, i) => v + (i % 6 === 0 ? 3 : 0)) };
    // 3 in one patch of three, on one of two axes: 1 off its mean of 1 in two, 2 in one.
    const left = Math.sqrt((4 + 1 + 1) / 6);
    expect(patchShiftRmse({ patches, shifts: lone }, truth, { align: true })).toBeCloseTo(
      left,
      DIGITS,
    );
  });
});
