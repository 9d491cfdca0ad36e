// Footprints while their blur changes: what two rungs of a ladder make of the widths between them.
import { FootprintStack } from "@minisim/footprint";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { footprintLadder } from "../src/ladder.ts";
import { denseSeries, rowOf } from "../src/series.ts";

const canvas = { height: 61, width: 61 };
const point = { row: 30, col: 30, height: 1, width: 1, data: Float32Array.of(1) };

/** The ladder of point sources of a width at rest, and of their widths in every frame. */
const ladderOf = (rest: readonly number[], widths: readonly (readonly number[])[], gain = 1) => {
  const frames = widths[0]!.length;
  const planted = FootprintStack.from(
    rest.map(() => point),
    canvas,
  );
  return footprintLadder(planted, {
    sigma_px: Float64Array.from(rest),
    gain: new Float64Array(rest.length).fill(gain),
    course: denseSeries(Float64Array.from(widths.flat()), frames),
  });
};

/** Share of every component of one cell in every frame. */
const sharesOf = ({ cells, shares }: ReturnType<typeof ladderOf>, cell: number) =>
  [...cells.keys()].filter((k) => cells[k] === cell).map((k) => rowOf(shares, k));

const widths = fc.array(fc.double({ min: 0.5, max: 8, noNaN: true }), {
  minLength: 1,
  maxLength: 9,
});

describe("the shares of a cell", () => {
  test("add up to 1, at most two at a time, and keep the variance", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 8, noNaN: true }), widths, (rest, course) => {
        const ladder = ladderOf([rest], [course]);
        const shares = sharesOf(ladder, 0);
        const all = course.concat(rest);
        const first = Math.min(0, Math.floor(Math.log(Math.min(...all) / rest) / Math.log(1.07)));
        for (const [t, sigma] of course.entries()) {
          const own = shares.map((share) => share[t]!);
          expect(own.every((share) => share >= 0 && share <= 1)).toBe(true);
          expect(own.filter((share) => share > 0).length).toBeLessThanOrEqual(2);
          expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
          const variance = own.reduce(
            (v, share, j) => v + share * (rest * 1.07 ** (first + j)) ** 2,
            0,
          );
          expect(Math.abs(variance / sigma ** 2 - 1)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("at rest are those of the footprint at rest alone", () => {
    const ladder = ladderOf(
      [2, 3],
      [
        [2, 2.5, 1.5, 2],
        [3, 3, 3, 3],
      ],
      0.5,
    );
    const rests = [
      [0, 2],
      [1, 3],
    ] as const;
    for (const [cell, rest] of rests) {
      const shares = sharesOf(ladder, cell);
      const at = shares.findIndex((share) => share[0] === 1);
      expect(shares.map((share) => share[0])).toEqual(shares.map((_, i) => (i === at ? 1 : 0)));
      const component = ladder.cells.indexOf(cell) + at;
      const alone = FootprintStack.from([point], canvas).degrade([rest], [0.5]);
      expect(ladder.stack.select([component]).toDense()).toEqual(alone.toDense());
    }
    // A cell whose width never changes has one footprint.
    expect(sharesOf(ladder, 1).length).toBe(1);
  });

  test("the same bytes for every way of asking", () => {
    const { shares } = ladderOf([2], [[1.2, 2.7, 3.1, 1.9, 2.2]]);
    for (let row = 0; row < shares.rows; row++) {
      const parts = new Float64Array(5);
      for (const [start, end] of [
        [3, 5],
        [0, 1],
        [1, 3],
      ] as const) {
        shares.read(row, start, end, parts, start);
      }
      expect(parts).toEqual(rowOf(shares, row));
    }
  });
});

test("the peak of a mixture is that of the true blur, but for half a percent", () => {
  const course = Array.from({ length: 40 }, (_, t) => 2 + 0.05 * t);
  const ladder = ladderOf([2.7], [course]);
  const shares = sharesOf(ladder, 0);
  for (const [t, sigma] of course.entries()) {
    const center = (j: number) => {
      const { row, col, width, data } = ladder.stack.at(j);
      return data[(30 - row) * width + 30 - col]!;
    };
    const mixed = shares.reduce((sum, share, j) => sum + share[t]! * center(j), 0);
    const { row, col, width, data } = FootprintStack.from([point], canvas)
      .degrade([sigma], [1])
      .at(0);
    const exact = data[(30 - row) * width + 30 - col]!;
    // (1.07² − 1)²/4 = 0.53 % between rungs; the Gaussian is cut off at 4 σ, 3e-4 of its light.
    expect(mixed / exact - 1).toBeLessThan(0.0053 + 3e-4);
    expect(mixed / exact - 1).toBeGreaterThan(-3e-4);
  }
});

test("a width of 0 has no ladder", () => {
  expect(() => ladderOf([0], [[1]])).toThrow("A blur that changes in time must be wider than 0");
  expect(() => ladderOf([1], [[1, 0]])).toThrow(RangeError);
});

test("without frames every cell has its footprint at rest", () => {
  const { stack, cells, shares } = ladderOf([1, 2], [[], []]);
  expect([stack.length, ...cells, shares.rows, shares.frames]).toEqual([2, 0, 1, 2, 0]);
});
