// Motion against what every place did: closed forms beside sums over all pixels.
import { displacementRmse, patchShiftRmse, shiftRmse } from "@minisim/scoring";
import { describe, expect, test } from "vitest";
import { patchResidual, shiftResidual } from "../../src/metrics/displacement.ts";

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

describe("what motion is left, frame by frame", () => {
  const estimate = draw(2 * frames);
  /** Of each frame, the root mean square over these pixels of what is left. */
  const ofFrames = (
    left: (t: number, axis: number, y: number, x: number) => number,
    boxes: number[][],
  ) =>
    all(frames, (t) => {
      const values = boxes.flatMap(([top, first, height, width]) =>
        all(height! * width!, (i) =>
          [0, 1].map((axis) => {
            return left(t, axis, top! + Math.floor(i / width!), first! + (i % width!));
          }),
        ).flat(),
      );
      return { values, rms: Math.sqrt(mean(values.map((value) => value ** 2))) };
    });

  test("of one shift: the 95th percentile over frames", () => {
    const left = (t: number, axis: number, y: number, x: number) =>
      estimate[2 * t + axis]! - moved(t, axis, y, x);
    const each = ofFrames(left, [[0, 0, fov.height, fov.width]]);
    const sorted = each.map(({ rms }) => rms).sort((a, b) => a - b);
    // Of four values: position 0.95 · 3.
    const expected = sorted[2]! + 0.85 * (sorted[3]! - sorted[2]!);
    expect(shiftResidual(estimate, truth)!.p95).toBeCloseTo(expected, DIGITS);
    expect(shiftResidual(estimate, truth)!.rmse).toBe(displacementRmse(estimate, truth));
  });

  test("of patches: at every pixel, not of their means alone", () => {
    const equal = [
      [0, 0, 3, 4],
      [2, 4, 3, 4],
    ];
    const patches = { shape: [2, 4], data: Float64Array.from(equal.flat()) };
    const shiftsOf = draw(2 * 2 * frames);
    const rows = { patches, shifts: { shape: [frames, 2, 2], data: shiftsOf } };
    const squares = equal.flatMap((box, p) => {
      const left = (t: number, axis: number, y: number, x: number) =>
        shiftsOf[2 * (2 * t + p) + axis]! - moved(t, axis, y, x);
      return ofFrames(left, [box]).flatMap(({ values }) => values.map((value) => value ** 2));
    });
    expect(patchResidual(rows, truth)!.rmse).toBeCloseTo(Math.sqrt(mean(squares)), DIGITS);
    expect(patchResidual(rows, truth)!.rmse).toBeGreaterThan(patchShiftRmse(rows, truth)!);
  });
});
