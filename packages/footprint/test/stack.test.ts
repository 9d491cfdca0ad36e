// The stack: its arrays, its selections, and its dense and compressed views.
import {
  type CompressedMatrix,
  degradeFootprint,
  FootprintStack,
  footprintFromDense,
} from "@minisim/footprint";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stack, subWindow } from "./arbitraries.ts";

const canvas = { height: 4, width: 5 };
const small = FootprintStack.from(
  [
    { row: 1, col: 2, height: 2, width: 3, data: Float32Array.of(1, 0, 2, 0, 3, 0) },
    { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) },
    { row: 3, col: 4, height: 1, width: 1, data: Float32Array.of(9) },
  ],
  canvas,
);

describe("arrays", () => {
  test("hold offsets, shapes and patches one after another", () => {
    expect(small.length).toBe(3);
    expect(small.offsets).toEqual(Int32Array.of(1, 2, 0, 0, 3, 4));
    expect(small.shapes).toEqual(Int32Array.of(2, 3, 0, 0, 1, 1));
    expect(small.starts).toEqual(Int32Array.of(0, 6, 6, 7));
    expect(small.data).toEqual(Float32Array.of(1, 0, 2, 0, 3, 0, 9));
  });

  test("at() is a view, not a copy", () => {
    expect(small.at(0).data.buffer).toBe(small.data.buffer);
    expect(small.at(2)).toEqual({ row: 3, col: 4, height: 1, width: 1, data: Float32Array.of(9) });
    expect(() => small.at(3)).toThrow("A stack of 3 footprints has none at 3.");
    expect(() => small.at(0.5)).toThrow(RangeError);
  });

  test("go through fromArrays unchanged and uncopied", () => {
    const again = FootprintStack.fromArrays(small);
    expect(again).toEqual(small);
    expect(again.data).toBe(small.data);
  });

  test.each([
    [{ offsets: Int32Array.of(0, 0) }, "two values per footprint each, not 2 and 6"],
    [{ offsets: Int32Array.of(0, 0, 0), shapes: Int32Array.of(1, 1, 1) }, "not 3 and 3"],
    [
      { offsets: Int32Array.of(1, 3, 0, 0, 3, 4) },
      "Footprint 0, 2 × 3 at (1, 3), does not lie on its 4 × 5 canvas.",
    ],
    [{ offsets: Int32Array.of(1, 2, 0, 0, -1, 4) }, "Footprint 2"],
    [{ shapes: Int32Array.of(2, 3, 0, -1, 1, 1) }, "Footprint 1"],
    [{ data: new Float32Array(8) }, "cover 7 pixels, but 8 are given"],
    [{ canvas: { height: 4, width: 4.5 } }, "whole height and width, not 4 × 4.5"],
  ])("fromArrays refuses %o", (change, sentence) => {
    const { offsets, shapes, data } = small;
    expect(() => FootprintStack.fromArrays({ canvas, offsets, shapes, data, ...change })).toThrow(
      sentence,
    );
  });

  test("from refuses a footprint that reaches past the canvas", () => {
    const wide = { row: 0, col: 0, height: 1, width: 6, data: new Float32Array(6) };
    expect(() => FootprintStack.from([wide], canvas)).toThrow(RangeError);
  });
});

describe("derived stacks", () => {
  test("select keeps the given order and repeats", () => {
    const chosen = small.select([2, 0, 2]);
    expect([chosen.at(0), chosen.at(1), chosen.at(2)]).toEqual([
      small.at(2),
      small.at(0),
      small.at(2),
    ]);
    expect(small.select([])).toHaveLength(0);
    expect(() => small.select([-1])).toThrow(RangeError);
  });

  test("degrade is degradeFootprint on each, with its own width and gain", () => {
    const sigmas = [0.8, 2, 0];
    const gains = Float64Array.of(1, 0.5, 0.25);
    const observed = small.degrade(sigmas, gains);
    for (let i = 0; i < small.length; i++) {
      expect(observed.at(i)).toEqual(degradeFootprint(small.at(i), canvas, sigmas[i]!, gains[i]!));
    }
    expect(() => small.degrade([1], gains)).toThrow(
      "3 footprints need as many widths and gains, not 1 and 3.",
    );
  });

  test("the crop of the images is the image of the crops", () => {
    const windowed = stack().chain((s) => subWindow(s.canvas).map((window) => ({ s, window })));
    fc.assert(
      fc.property(windowed, ({ s, window }) => {
        const { height, width } = s.canvas;
        const dense = s.toDense();
        const expected: number[] = [];
        for (let i = 0; i < s.length; i++)
          for (let y = 0; y < window.height; y++)
            for (let x = 0; x < window.width; x++)
              expected.push(dense[(i * height + window.top + y) * width + window.left + x]!);
        expect(Array.from(s.crop(window).toDense())).toEqual(expected);
        expect(Array.from(s.toDense(window))).toEqual(expected);
        expect(s.crop(window)).toHaveLength(s.length);
      }),
    );
  });
});

describe("views", () => {
  test("dense and back: the same light, trimmed boxes", () => {
    fc.assert(
      fc.property(stack(), (s) => {
        const dense = s.toDense();
        const size = s.canvas.height * s.canvas.width;
        const images = Array.from({ length: s.length }, (_, i) =>
          dense.subarray(i * size, (i + 1) * size),
        );
        const again = FootprintStack.from(
          images.map((image) => footprintFromDense(image, s.canvas)),
          s.canvas,
        );
        expect(again.toDense()).toEqual(dense);
      }),
    );
  });

  test("compressed by units, by pixels and dense are one matrix", () => {
    fc.assert(
      fc.property(stack(), (s) => {
        const dense = s.toDense();
        const [csr, csc] = [s.toCsr(), s.toCsc()];
        expect(csr.data.every((value) => value !== 0)).toBe(true);
        expect(expand(csr, "rows")).toEqual(dense);
        expect(expand(csc, "columns")).toEqual(dense);
        expect(csc.data).toHaveLength(csr.data.length);
      }),
    );
  });

  test("the layout is scipy's", () => {
    expect(small.toCsr()).toEqual({
      shape: [3, 20],
      indptr: Int32Array.of(0, 3, 3, 4),
      indices: Int32Array.of(7, 9, 13, 19),
      data: Float32Array.of(1, 2, 3, 9),
    });
    const { indptr, indices } = small.toCsc();
    expect(indptr).toHaveLength(21);
    expect(indices).toEqual(Int32Array.of(0, 0, 0, 2));
  });
});

function expand({ shape, indptr, indices, data }: CompressedMatrix, runs: "rows" | "columns") {
  const dense = new Float32Array(shape[0] * shape[1]);
  for (let run = 0; run + 1 < indptr.length; run++) {
    let previous = -1;
    for (let k = indptr[run]!; k < indptr[run + 1]!; k++) {
      const index = indices[k]!;
      // Ascending, as the layout promises, and no slot twice.
      expect(index).toBeGreaterThan(previous);
      previous = index;
      dense[runs === "rows" ? run * shape[1] + index : index * shape[1] + run] = data[k]!;
    }
  }
  return dense;
}
