// Trimming and cropping single footprints.
import { cropFootprint, footprintFromDense } from "@minisim/footprint";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canvasFootprint, subWindow } from "./arbitraries.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const { dense, offset, patch } = oracles.footprint_from_dense;
const planted = footprintFromDense(dense.flat(), { height: dense.length, width: dense[0]!.length });

describe("footprintFromDense", () => {
  test("trims to the tight non-zero box", () => {
    expect(planted).toEqual({
      row: offset[0],
      col: offset[1],
      height: patch.length,
      width: patch[0]!.length,
      data: Float32Array.from(patch.flat()),
    });
  });

  test("a dark image gives the empty footprint", () => {
    expect(footprintFromDense(new Float32Array(12), { height: 3, width: 4 })).toEqual({
      row: 0,
      col: 0,
      height: 0,
      width: 0,
      data: new Float32Array(0),
    });
  });

  test("an image of another size is refused", () => {
    expect(() => footprintFromDense([1, 2, 3], { height: 2, width: 2 })).toThrow(
      "A dense footprint of 2 × 2 pixels has 4 values, not 3.",
    );
  });
});

describe("cropFootprint", () => {
  test("intersects and rebases, and keeps the zero borders", () => {
    const [top, left, height, width] = oracles.footprint_crop.window;
    const cropped = cropFootprint(planted, {
      top: top!,
      left: left!,
      height: height!,
      width: width!,
    });
    expect([cropped.row, cropped.col]).toEqual(oracles.footprint_crop.offset);
    expect([cropped.height, cropped.width]).toEqual([1, 2]);
    expect(Array.from(cropped.data)).toEqual(oracles.footprint_crop.patch.flat());
  });

  test("outside the window nothing is left", () => {
    expect(cropFootprint(planted, { top: 3, left: 0, height: 2, width: 6 }).data).toHaveLength(0);
    expect(cropFootprint(planted, { top: 0, left: 0, height: 4, width: 2 }).height).toBe(0);
  });

  test("a window that reaches past the patch moves it and nothing else", () => {
    const moved = cropFootprint(planted, { top: -7, left: -1, height: 30, width: 30 });
    expect(moved).toEqual({ ...planted, row: planted.row + 7, col: planted.col + 1 });
  });

  test("a crop of a crop is one crop", () => {
    const nested = canvasFootprint().chain(({ canvas, footprint }) =>
      subWindow(canvas).chain((outer) =>
        subWindow(outer).map((inner) => ({ footprint, outer, inner })),
      ),
    );
    fc.assert(
      fc.property(nested, ({ footprint, outer, inner }) => {
        const twice = cropFootprint(cropFootprint(footprint, outer), inner);
        const both = { ...inner, top: outer.top + inner.top, left: outer.left + inner.left };
        expect(twice).toEqual(cropFootprint(footprint, both));
      }),
    );
  });
});
