// Every verb of the kernels against its float64 twin, over random shapes: widths that no vector divides, single pixels,
// empty stacks and empty frames.
import { createKernels } from "@minisim/kernels";
import * as reference from "@minisim/kernels/reference";
import fc from "fast-check";
import { describe, test } from "vitest";
import { expectClose, largest, values } from "./fixtures.ts";

const kernels = createKernels();
const shapes = fc.record({
  nFrames: fc.integer({ min: 0, max: 9 }),
  height: fc.integer({ min: 0, max: 23 }),
  width: fc.integer({ min: 0, max: 23 }),
});
const seeds = fc.nat(1_000_000);
const windows = fc.record({
  top: fc.integer({ min: -30, max: 30 }),
  left: fc.integer({ min: -30, max: 30 }),
  height: fc.integer({ min: 0, max: 30 }),
  width: fc.integer({ min: 0, max: 30 }),
});

// Float32: 8 products of one sign and their sum round 16 times, each by at most 2⁻²⁴ of the largest pixel: 9.5e-7.
const relative = 1e-6;

describe("accumulatePatches", () => {
  const patches = fc.array(
    fc.record({
      row: fc.double({ min: 0, max: 1, noNaN: true }),
      col: fc.double({ min: 0, max: 1, noNaN: true }),
      h: fc.integer({ min: 0, max: 14 }),
      w: fc.integer({ min: 0, max: 14 }),
    }),
    { maxLength: 8 },
  );

  test("matches the reference", () => {
    fc.assert(
      fc.property(shapes, patches, seeds, (shape, list, seed) => {
        const arena = kernels.arena();
        const table: number[] = [];
        const starts: number[] = [];
        let length = 0;
        for (const patch of list) {
          const h = Math.min(patch.h, shape.height);
          const w = Math.min(patch.w, shape.width);
          const row = Math.floor(patch.row * (shape.height - h));
          table.push(row, Math.floor(patch.col * (shape.width - w)), h, w);
          starts.push(length);
          length += h * w;
        }
        const pixels = shape.nFrames * shape.height * shape.width;
        const count = list.length;
        const initial = values(pixels, seed);
        const data = values(length, seed + 1);
        const weights = values(count * shape.nFrames, seed + 2);

        const block = arena.f32(pixels).set(initial);
        kernels.accumulatePatches(
          block,
          shape,
          {
            count,
            table: arena.i32(table.length).set(table),
            starts: arena.i32(count).set(starts),
            data: arena.f32(length).set(data),
          },
          arena.f32(weights.length).set(weights),
        );
        const expected = Float64Array.from(initial);
        reference.accumulatePatches(expected, shape, { count, table, starts, data }, weights);
        expectClose(block.view(), expected, relative * largest(expected));
        arena.release();
      }),
    );
  });
});

describe("dense fields", () => {
  test("accumulateField and modulate match the reference, with and without weights", () => {
    fc.assert(
      fc.property(shapes, seeds, fc.boolean(), ({ nFrames, height, width }, seed, weighted) => {
        const arena = kernels.arena();
        const nPixels = height * width;
        const initial = values(nFrames * nPixels, seed);
        const field = values(nPixels, seed + 1);
        const weights = values(nFrames, seed + 2, 0, 2);
        const block = arena.f32(initial.length).set(initial);
        const fieldOperand = arena.f32(nPixels).set(field);
        const weightsOperand = arena.f32(nFrames).set(weights);
        const expected = Float64Array.from(initial);

        kernels.accumulateField(block, nFrames, nPixels, fieldOperand, weightsOperand);
        reference.accumulateField(expected, nFrames, nPixels, field, weights);
        expectClose(block.view(), expected, relative * largest(expected));

        if (weighted) kernels.modulate(block, nFrames, nPixels, fieldOperand, weightsOperand);
        else kernels.modulate(block, nFrames, nPixels, fieldOperand);
        const before = largest(expected);
        reference.modulate(expected, nFrames, nPixels, field, weighted ? weights : undefined);
        // Field ≤ 1 and weight ≤ 2 carry the earlier error on.
        expectClose(block.view(), expected, 2 * relative * before);
        arena.release();
      }),
    );
  });

  test("modulate with a swing matches the reference", () => {
    fc.assert(
      fc.property(shapes, seeds, ({ nFrames, height, width }, seed) => {
        const arena = kernels.arena();
        const nPixels = height * width;
        const initial = values(nFrames * nPixels, seed);
        const [field, swing] = [values(nPixels, seed + 1), values(nPixels, seed + 2)];
        const weights = values(nFrames, seed + 3, -1, 1);
        const block = arena.f32(initial.length).set(initial);
        const [first, second] = [field, swing].map((data) => arena.f32(nPixels).set(data));
        const expected = Float64Array.from(initial);
        kernels.modulate(block, nFrames, nPixels, first!, arena.f32(nFrames).set(weights), second);
        reference.modulate(expected, nFrames, nPixels, field, weights, swing);
        // The factor is at most 2.
        expectClose(block.view(), expected, 2 * relative * largest(initial));
        arena.release();
      }),
    );
  });

  test("a piece longer than the cache holds, and a tail, are covered", () => {
    const arena = kernels.arena();
    const nPixels = 5003;
    const initial = values(2 * nPixels, 5);
    const field = values(nPixels, 6);
    const block = arena.f32(2 * nPixels).set(initial);
    const expected = Float64Array.from(initial);
    const fieldOperand = arena.f32(nPixels).set(field);
    kernels.accumulateField(block, 2, nPixels, fieldOperand, arena.f32(2).set([0.5, 2]));
    reference.accumulateField(expected, 2, nPixels, field, [0.5, 2]);
    kernels.modulate(block, 2, nPixels, fieldOperand);
    reference.modulate(expected, 2, nPixels, field);
    expectClose(block.view(), expected, relative * largest(expected));
    arena.release();
  });
});

describe("translate", () => {
  const shift = fc.oneof(
    fc.double({ min: -30, max: 30, noNaN: true }),
    fc.integer({ min: -30, max: 30 }),
    fc.constantFrom(1e12, -1e12),
  );
  const shiftLists = fc.array(shift, { minLength: 18, maxLength: 18 });

  test("matches the reference", () => {
    fc.assert(
      fc.property(shapes, windows, shiftLists, seeds, (shape, window, shifts, seed) => {
        const arena = kernels.arena();
        const data = values(shape.nFrames * shape.height * shape.width, seed, -1, 1);
        const length = shape.nFrames * window.height * window.width;
        const target = arena.f32(length).set(new Float32Array(length).fill(9));
        const expected = new Float64Array(length);
        kernels.translate(arena.f32(data.length).set(data), shape, target, window, shifts);
        reference.translate(data, shape, expected, window, shifts);
        expectClose(target.view(), expected, relative * largest(data));
        arena.release();
      }),
      { numRuns: 300 },
    );
  });
});

describe("blur", () => {
  const edges = fc.constantFrom("zero" as const, "nearest" as const);

  test("matches the reference", () => {
    fc.assert(
      fc.property(
        shapes,
        windows,
        fc.nat(12),
        edges,
        seeds,
        (shape, window, radius, edge, seed) => {
          fc.pre(edge === "zero" || shape.height * shape.width > 0);
          const arena = kernels.arena();
          const data = values(shape.height * shape.width, seed);
          const raw = values(2 * radius + 1, seed + 1);
          const sum = raw.reduce((a, b) => a + b, 0);
          const taps = raw.map((tap) => tap / sum);
          const length = window.height * window.width;
          const target = arena.f32(length).set(new Float32Array(length).fill(9));
          const expected = new Float64Array(length);
          const operand = arena.f32(taps.length).set(taps);
          kernels.blur(arena.f32(data.length).set(data), shape, operand, target, window, edge);
          reference.blur(data, shape, taps, expected, window, edge);
          // Two sums of 25 terms of one sign: rounding errors of 2⁻²⁴/√12 each add up to a standard deviation below 9e-8.
          expectClose(target.view(), expected, relative * largest(data));
          arena.release();
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("normals", () => {
  test("matches the reference", () => {
    const start = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 64 });
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(shapes, start, start, word, ({ height, width }, rowStart, colStart, key) => {
        const arena = kernels.arena();
        const target = arena.f32(height * width);
        const expected = new Float64Array(height * width);
        const window = { rows: height, cols: width, rowStart, colStart };
        kernels.normals(target, window, [key, 5]);
        reference.normals(expected, window, [key, 5]);
        // A radius up to 5.77 times the errors of test/box-muller.test.ts and of one product: 2e-7 + 1.3e-7 + 6e-8.
        expectClose(target.view(), expected, 2.3e-6);
        arena.release();
      }),
    );
  });
});
