// How large the squares are that count as one pixel, and the light in them.
import { FootprintStack } from "@minisim/footprint";
import { expect, test } from "vitest";
import { squareSide, summed } from "../../src/separability/squares.ts";

const CANVAS = { height: 60, width: 60 };

/** A Gaussian of peak 1 in the middle of the canvas. */
function gaussian(sigma: number) {
  const data = Float32Array.from({ length: 3600 }, (_, i) => {
    const [y, x] = [Math.floor(i / 60) - 30, (i % 60) - 30];
    return Math.exp(-(y * y + x * x) / (2 * sigma * sigma));
  });
  return { row: 0, col: 0, height: 60, width: 60, data };
}

test("squares are as long as the narrowest cells allow, s² ≤ σ²/5, and divide the view", () => {
  const side = (sigma: number, view = CANVAS) =>
    squareSide(FootprintStack.from([gaussian(sigma), gaussian(9)], CANVAS), view);
  expect([1, 4, 4.6, 7, 9].map((sigma) => side(sigma))).toEqual([1, 1, 2, 3, 4]);
  expect(side(9, { height: 60, width: 58 })).toBe(2);
  expect(side(9, { height: 59, width: 60 })).toBe(1);
});

test("without cells every pixel counts", () => {
  expect(squareSide(FootprintStack.from([], CANVAS), CANVAS)).toBe(1);
});

test("the light of a patch is summed over the squares of a window", () => {
  const patch = {
    row: 2,
    col: 3,
    height: 3,
    width: 3,
    data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
  };
  // The window's first pixel is row 3, column 3 of the canvas: of the patch, its last two rows.
  const window = { top: 3, left: 3, height: 4, width: 4 };
  const { row, col, height, width, data } = summed(patch, 2, window);
  expect({ row, col, height, width }).toEqual({ row: 0, col: 0, height: 1, width: 2 });
  expect([...data]).toEqual([4 + 5 + 7 + 8, 6 + 9]);
  expect(summed(patch, 2, { ...window, top: 10 }).data).toHaveLength(0);
});
