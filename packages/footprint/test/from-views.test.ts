// Stacks out of dense images and compressed matrices: the same stack whichever it was.
import { type CompressedInput, FootprintStack } from "@minisim/footprint";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stack } from "./arbitraries.ts";

/** The entries (row, column, value) of a matrix compressed by rows. */
function compress(
  shape: readonly [number, number],
  entries: readonly (readonly [row: number, column: number, value: number])[],
): CompressedInput {
  const sorted = [...entries].sort((a, b) => a[0] - b[0]);
  const indptr = Array.from(
    { length: shape[0] + 1 },
    (_, row) => sorted.filter((entry) => entry[0] < row).length,
  );
  return { shape, indptr, indices: sorted.map((e) => e[1]), data: sorted.map((e) => e[2]) };
}

describe("every layout of the same light is the same stack", () => {
  test("for units and pixels as rows, both orders, both compressions", () => {
    fc.assert(
      fc.property(stack(), (s) => {
        const { canvas, length } = s;
        const { height, width } = canvas;
        const dense = s.toDense();
        const size = height * width;
        const expected = FootprintStack.fromDense(dense, canvas);
        expect(expected.toDense()).toEqual(dense);
        const lit: [unit: number, y: number, x: number, value: number][] = [];
        dense.forEach((value, k) => {
          const [unit, pixel] = [Math.floor(k / size), k % size];
          // An explicit zero now and then.
          if (value !== 0 || k % 7 === 0)
            lit.push([unit, Math.floor(pixel / width), pixel % width, value]);
        });
        // Within a run, indices in descending order: scipy allows any.
        lit.reverse();
        for (const pixelOrder of ["C", "F"] as const) {
          const numbered = lit.map(([unit, y, x, value]) => {
            const pixel = pixelOrder === "C" ? y * width + x : x * height + y;
            return { unit, pixel, value };
          });
          const unitRuns = compress(
            [length, size],
            numbered.map((e) => [e.unit, e.pixel, e.value]),
          );
          const pixelRuns = compress(
            [size, length],
            numbered.map((e) => [e.pixel, e.unit, e.value]),
          );
          const flip = (m: CompressedInput): CompressedInput => ({
            ...m,
            shape: [m.shape[1], m.shape[0]],
          });
          const [byUnit, byPixel] = [{ pixelOrder }, { pixelOrder, rows: "pixels" }] as const;
          expect(FootprintStack.fromCsr(unitRuns, canvas, byUnit)).toEqual(expected);
          expect(FootprintStack.fromCsr(pixelRuns, canvas, byPixel)).toEqual(expected);
          expect(FootprintStack.fromCsc(flip(pixelRuns), canvas, byUnit)).toEqual(expected);
          expect(FootprintStack.fromCsc(flip(unitRuns), canvas, byPixel)).toEqual(expected);
        }
      }),
    );
  });

  test("and the views of a stack lead back to it", () => {
    fc.assert(
      fc.property(stack(), (s) => {
        const expected = FootprintStack.fromDense(s.toDense(), s.canvas);
        expect(FootprintStack.fromCsr(s.toCsr(), s.canvas)).toEqual(expected);
        expect(FootprintStack.fromCsc(s.toCsc(), s.canvas)).toEqual(expected);
      }),
    );
  });
});

describe("compressed matrices", () => {
  const canvas = { height: 2, width: 3 };
  const one = { shape: [1, 6], indptr: [0, 2], indices: [4, 4], data: [0.25, 0.5] } as const;

  test("entries of one pixel add up", () => {
    expect(FootprintStack.fromCsr(one, canvas).at(0)).toEqual({
      row: 1,
      col: 1,
      height: 1,
      width: 1,
      data: Float32Array.of(0.75),
    });
  });

  test("what is 0, or cancels, or vanishes in float32, is dropped", () => {
    const data = [1e-60, 0, 2, 0.5, -0.5];
    const faint = { shape: [1, 6], indptr: [0, 5], indices: [0, 1, 2, 5, 5], data } as const;
    const expected = { row: 0, col: 2, height: 1, width: 1, data: Float32Array.of(2) };
    expect(FootprintStack.fromCsr(faint, canvas).at(0)).toEqual(expected);
    expect(FootprintStack.fromDense([1e-60, 0, 2, 0, 0, 0], canvas).at(0)).toEqual(expected);
  });

  test("a matrix without units is an empty stack", () => {
    const none = { shape: [0, 6], indptr: [0], indices: [], data: [] } as const;
    expect(FootprintStack.fromCsr(none, canvas)).toHaveLength(0);
    expect(FootprintStack.fromDense([], canvas)).toHaveLength(0);
  });

  test.each([
    [{ shape: [1, 5] }, "A 2 × 3 canvas has 6 pixels, the matrix 5."],
    [{ shape: [2, 6] }, "has 3 pointers from 0 to the number of its values, not 2"],
    [{ indptr: [0, 3] }, "not 2 to 3 for 2 values at 2 indices"],
    [{ indptr: [1, 2] }, "pointers from 0"],
    [{ indices: [4, 6] }, "Index 6 lies outside a compressed matrix of 6 per run."],
    [{ indices: [4, 0.5] }, "Index 0.5"],
    [{ shape: [2, 6], indptr: [0, 3, 2] }, "must not fall, as they do after run 1."],
  ])("refuses %o", (change, sentence) => {
    const matrix = { ...one, ...change } as CompressedInput;
    expect(() => FootprintStack.fromCsr(matrix, canvas)).toThrow(sentence);
    expect(() => FootprintStack.fromCsr(matrix, canvas)).toThrow(RangeError);
  });

  test("dense images must be whole", () => {
    expect(() => FootprintStack.fromDense([1, 2, 3], canvas)).toThrow(
      "3 values are no whole number of 2 × 3 images.",
    );
  });
});
