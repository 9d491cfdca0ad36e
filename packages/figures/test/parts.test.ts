// The pure parts: projections, quantiles, colours, contours.
import {
  colorAt,
  colormap,
  contours,
  contrastRange,
  createProjections,
  quantiles,
} from "@minisim/figures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("createProjections", () => {
  test("mean, max, std per pixel, whatever the blocks", () => {
    const all = createProjections(1, 2);
    all.add([1, 10, 3, 10, 5, 10]);
    const parts = createProjections(1, 2);
    parts.add([1, 10]);
    parts.add([3, 10, 5, 10]);
    for (const projections of [all.result(), parts.result()]) {
      expect([...projections.mean]).toEqual([3, 10]);
      expect([...projections.max]).toEqual([5, 10]);
      expect(projections.std[0]).toBeCloseTo(Math.sqrt(8 / 3), 14);
      expect(projections.std[1]).toBe(0);
      expect(projections.frames).toBe(3);
    }
  });

  test("a small ripple on a large level is not lost", () => {
    const projections = createProjections(1, 1);
    projections.add([1e9, 1e9 + 1]);
    expect(projections.result().std[0]).toBe(0.5);
  });

  test("no frames; a part of a frame", () => {
    expect([...createProjections(1, 2).result().max]).toEqual([0, 0]);
    expect(() => createProjections(2, 2).add([1, 2, 3])).toThrow("no whole frames of 2 × 2");
  });
});

describe("ranges", () => {
  test("quantiles interpolate and leave out what is no number", () => {
    expect(quantiles([4, Number.NaN, 1, 2, 3], [0, 0.5, 1])).toEqual([1, 2.5, 4]);
    expect(quantiles([], [0.5])).toEqual([Number.NaN]);
  });

  test("a contrast range is never empty", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true })), (data) => {
        const [low, high] = contrastRange(data);
        expect(high).toBeGreaterThan(low);
      }),
    );
  });
});

describe("colour maps", () => {
  test.each(["gray", "ember", "lagoon"] as const)("%s rises in lightness throughout", (name) => {
    const colors = colormap(name);
    // Rec. 709 luma; a step of rounding may lower it by less than one level.
    const luma = (i: number) =>
      0.2126 * colors[3 * i]! + 0.7152 * colors[3 * i + 1]! + 0.0722 * colors[3 * i + 2]!;
    for (let i = 1; i < 256; i++) expect(luma(i)).toBeGreaterThan(luma(i - 1) - 1);
    expect(luma(255) - luma(0)).toBeGreaterThan(120);
  });

  test("colorAt clamps", () => {
    expect([colorAt("gray", -1), colorAt("gray", 2)]).toEqual(["#000000", "#ffffff"]);
  });
});

describe("contours", () => {
  test("a square plateau: one closed loop half a pixel around it", () => {
    const [loop, ...others] = contours({ height: 2, width: 2, data: [1, 1, 1, 1] }, 0.5);
    expect(others).toEqual([]);
    const ys = loop!.map(([y]) => y);
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([-0.5, 1.5]);
  });

  test("a ring has an outer and an inner outline; diagonal neighbours stay apart", () => {
    const ring = [1, 1, 1, 1, 0, 1, 1, 1, 1];
    expect(contours({ height: 3, width: 3, data: ring }, 0.5)).toHaveLength(2);
    expect(contours({ height: 2, width: 2, data: [1, 0, 0, 1] }, 0.5)).toHaveLength(2);
  });

  test("every outline is closed: of any field, each loop ends a cell's step from where it began", () => {
    const data = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 20,
      maxLength: 20,
    });
    fc.assert(
      fc.property(data, (values) => {
        for (const loop of contours({ height: 4, width: 5, data: values }, 0.5)) {
          const [first, last] = [loop[0]!, loop.at(-1)!];
          expect(Math.abs(first[0] - last[0])).toBeLessThanOrEqual(1);
          expect(Math.abs(first[1] - last[1])).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
