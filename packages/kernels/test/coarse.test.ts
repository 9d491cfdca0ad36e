// Coarse components: the kernels against the reference, the size of a block, the margin, and how well splines draw a Gaussian.
import { coarseGrid, createKernels, splineAxis } from "@minisim/kernels";
import { accumulateCoarse } from "@minisim/kernels/reference";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, values } from "./fixtures.ts";

const kernels = createKernels();
const shapes = fc.record({
  nFrames: fc.integer({ min: 1, max: 19 }),
  height: fc.integer({ min: 1, max: 60 }),
  width: fc.integer({ min: 1, max: 70 }),
});
const spacings = fc.double({ min: 1, max: 40, noNaN: true });

/** `count` patches of any size and place on the grid. */
function patchesOn(grid: { height: number; width: number }, count: number, seed: number) {
  const table: number[] = [];
  const starts: number[] = [];
  let length = 0;
  for (const u of values(count, seed)) {
    const h = Math.floor(u * (grid.height + 1));
    const w = Math.floor((1 - u) * (grid.width + 1));
    table.push(Math.floor(u * (grid.height - h + 1)), Math.floor(u * (grid.width - w + 1)), h, w);
    starts.push(length);
    length += h * w;
  }
  return { count, table, starts, data: values(length, seed + 1, -1, 1) };
}

type Shape = { nFrames: number; height: number; width: number };
type Patches = ReturnType<typeof patchesOn>;

function light(shape: Shape, spacing_px: number, patches: Patches, weights: ArrayLike<number>) {
  const arena = kernels.arena();
  const { count, table, starts, data } = patches;
  const block = arena.f32(shape.nFrames * shape.height * shape.width);
  const operand = {
    count,
    table: arena.i32(table.length).set(table),
    starts: arena.i32(count).set(starts),
    data: arena.f32(data.length).set(data),
  };
  const rows = arena.f32(weights.length).set(weights);
  kernels.accumulateCoarse(block, shape, spacing_px, operand, rows);
  const found = block.view().slice();
  arena.release();
  return found;
}

test("the kernels agree with the reference to the rounding of float32", () => {
  fc.assert(
    fc.property(shapes, spacings, fc.nat(6), fc.nat(1e6), (shape, spacing, count, seed) => {
      const patches = patchesOn(coarseGrid(shape, spacing), count, seed);
      const weights = values(count * shape.nFrames, seed + 2, -1, 1);
      const expected = new Float64Array(shape.nFrames * shape.height * shape.width);
      accumulateCoarse(expected, shape, spacing, patches, weights);
      const found = light(shape, spacing, patches, weights);
      // A product and a sum a component, 14 in the splines whose weights are rounded too; each 2^-24 of at most 1 a component.
      expectClose(found, expected, (2 * count + 20) * Math.max(count, 1) * 2 ** -24);
    }),
    { numRuns: 100 },
  );
});

test("a frame has the same bits in a block of any size", () => {
  const whole = { nFrames: 19, height: 45, width: 70 };
  const patches = patchesOn(coarseGrid(whole, 4.3), 7, 5);
  const weights = values(7 * 19, 6, -1, 1);
  const together = light(whole, 4.3, patches, weights);
  const pixels = whole.height * whole.width;
  for (let f = 0; f < 19; f++) {
    const own = Float32Array.from({ length: 7 }, (_, k) => weights[19 * k + f]!);
    const alone = light({ ...whole, nFrames: 1 }, 4.3, patches, own);
    expect(alone).toEqual(together.slice(f * pixels, (f + 1) * pixels));
  }
});

describe("the grid", () => {
  test("holds the four nodes of every pixel, whose weights sum to 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), spacings, (length, spacing) => {
        const { height: nodes } = coarseGrid({ height: length, width: 1 }, spacing);
        const { first, weights } = splineAxis(length, nodes, spacing);
        for (let x = 0; x < length; x++) {
          expect(first[x]).toBeGreaterThanOrEqual(0);
          expect(first[x]! + 3).toBeLessThan(nodes);
          const four = weights.subarray(4 * x, 4 * x + 4);
          expect(Math.min(...four)).toBeGreaterThanOrEqual(0);
          expect(four.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
        }
      }),
    );
  });

  test("stays where it is when the margin grows", () => {
    const [spacing, margin] = [7.3, 11];
    const grids = [50, 50 + 2 * margin].map(
      (side) => coarseGrid({ height: side, width: side }, spacing).height,
    );
    const [narrow, wide] = [50, 50 + 2 * margin].map((side, i) =>
      splineAxis(side, grids[i]!, spacing),
    );
    const shift = (grids[1]! - grids[0]!) / 2;
    for (let x = 0; x < 50; x++) {
      expect(wide!.first[x + margin]).toBe(narrow!.first[x]! + shift);
      for (let k = 0; k < 4; k++) {
        expect(wide!.weights[4 * (x + margin) + k]).toBe(narrow!.weights[4 * x + k]);
      }
    }
  });

  test("refuses a spacing below a pixel", () => {
    expect(() => coarseGrid({ height: 3, width: 3 }, 0.5)).toThrow("at least 1 pixel: got 0.5");
    expect(() => coarseGrid({ height: 3, width: 3 }, Number.NaN)).toThrow("got NaN");
  });
});

test("refuses a patch that leaves the coarse grid", () => {
  const arena = kernels.arena();
  const table = arena.i32(4).set([0, 0, 8, 1]);
  const patches = { count: 1, table, starts: arena.i32(1), data: arena.f32(8) };
  const operation = {
    kind: "coarse",
    spacing_px: 5,
    patches,
    weights: arena.f32(1).set([1]),
  } as const;
  const shape = { nFrames: 1, height: 9, width: 9 };
  expect(() => kernels.compose(arena.f32(81), shape, [operation])).toThrow(
    "Patch 0 leaves its data or the canvas of 5 × 5 pixels.",
  );
  arena.release();
});
