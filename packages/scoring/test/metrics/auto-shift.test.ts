// The automatic shift: found where it helps, left alone where it does not.
import { type Footprint, FootprintStack, type Window } from "@minisim/footprint";
import { matchFootprints, type SimilarityMetric } from "@minisim/scoring";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomNumbers } from "./support.ts";

/** Round cells at random places, the same for the same seed. */
function field(seed: number, count: number, { height, width }: { height: number; width: number }) {
  const draw = randomNumbers(seed);
  const side = 7;
  const cells = Array.from({ length: count }, (): Footprint => {
    const data = Float32Array.from({ length: side * side }, (_, k) => {
      const [y, x] = [Math.floor(k / side) - 3, (k % side) - 3];
      return Math.max(0, 1 - (y * y + x * x) / 12);
    });
    const [row, col] = [draw() * (height - side), draw() * (width - side)].map(Math.floor);
    return { row: row!, col: col!, height: side, width: side, data };
  });
  return FootprintStack.from(cells, { height, width });
}

const size = { height: 90, width: 120 };
const window = (dy: number, dx: number): Window => ({ top: -dy, left: -dx, ...size });

describe("phase correlation of the lit areas", () => {
  test("finds any shift within a quarter of the field, whatever the metric", () => {
    const metric = fc.constantFrom<SimilarityMetric>("iou", "cosine", "weighted_jaccard");
    const dy = fc.integer({ min: -22, max: 22 });
    const dx = fc.integer({ min: -30, max: 30 });
    fc.assert(
      fc.property(fc.nat(), metric, dy, dx, (seed, metric, dy, dx) => {
        const truth = field(seed, 40, size);
        const match = matchFootprints(truth.crop(window(dy, dx)), truth, { metric, shift: "auto" });
        expect(match.shift).toEqual([0 - dy, 0 - dx]);
      }),
      { numRuns: 30 },
    );
  });

  test("finds it with cells missing and others added", () => {
    const truth = field(4, 60, size);
    const found = truth.select(Array.from({ length: 40 }, (_, i) => i)).crop(window(5, -9));
    const extra = field(77, 10, size);
    const all = [...Array(40).keys()].map((i) => found.at(i));
    const estimate = FootprintStack.from(
      [...all, ...[...Array(10).keys()].map((i) => extra.at(i))],
      size,
    );
    expect(matchFootprints(estimate, truth, { shift: "auto" }).shift).toEqual([-5, 9]);
  });

  test("looks no farther than a quarter of the field", () => {
    const truth = field(9, 40, size);
    const match = matchFootprints(truth.crop(window(30, 0)), truth, { shift: "auto" });
    expect(Math.abs(match.shift[0])).toBeLessThanOrEqual(22);
  });
});

test("is not adopted unless more is matched with it", () => {
  const truth = field(12, 30, size);
  expect(matchFootprints(truth, truth, { shift: "auto" }).shift).toEqual([0, 0]);
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (a, b) => {
      const [estimate, other] = [field(a, 5, size), field(b, 5, size)];
      const sum = (shift: null | "auto") =>
        matchFootprints(estimate, other, { shift }).similarity.reduce((s, v) => s + v, 0);
      expect(sum("auto")).toBeGreaterThanOrEqual(sum(null));
    }),
    { numRuns: 30 },
  );
});

test("works on canvases of any size, down to one pixel", () => {
  const dot = (row: number, col: number): Footprint => ({
    row,
    col,
    height: 1,
    width: 1,
    data: Float32Array.of(1),
  });
  const at = (row: number, col: number, canvas: { height: number; width: number }) =>
    FootprintStack.from([dot(row, col)], canvas);
  const one = { height: 1, width: 1 };
  expect(matchFootprints(at(0, 0, one), at(0, 0, one), { shift: "auto" }).shift).toEqual([0, 0]);
  const thin = { height: 1, width: 9 };
  expect(matchFootprints(at(0, 4, thin), at(0, 6, thin), { shift: "auto" }).shift).toEqual([0, 2]);
});
