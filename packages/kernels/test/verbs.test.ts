// What the verbs promise beyond agreement with their twins: fixed order, exact copies, conserved light, clear errors.
import { blurField, createKernels, gaussianTaps } from "@minisim/kernels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, largest, values } from "./fixtures.ts";

const kernels = createKernels();

describe("accumulatePatches", () => {
  // Tall enough for several bands of rows, with patches that span them.
  const shape = { nFrames: 7, height: 1500, width: 41 };
  const table = [0, 0, 1500, 41, 700, 3, 600, 37, 1, 0, 1499, 6, 1499, 40, 1, 1];
  const sizes = [1500 * 41, 600 * 37, 1499 * 6, 1];
  const starts = sizes.map((_, k) => sizes.slice(0, k).reduce((a, b) => a + b, 0));
  const data = values(
    sizes.reduce((a, b) => a + b, 0),
    1,
  );
  const weights = values(4 * shape.nFrames, 2);
  const nPixels = shape.height * shape.width;

  function accumulated(frames: number[]): Float32Array {
    const arena = kernels.arena();
    const nFrames = frames.length;
    const block = arena.f32(nFrames * nPixels);
    const chosen = [0, 1, 2, 3].flatMap((k) => frames.map((f) => weights[k * shape.nFrames + f]!));
    const patches = {
      count: 4,
      table: arena.i32(16).set(table),
      starts: arena.i32(4).set(starts),
      data: arena.f32(data.length).set(data),
    };
    const operand = arena.f32(chosen.length).set(chosen);
    kernels.accumulatePatches(block, { ...shape, nFrames }, patches, operand);
    const result = block.view().slice();
    arena.release();
    return result;
  }

  test("adds in ascending order, rounding product and sum one by one", () => {
    const expected = new Float32Array(shape.nFrames * nPixels);
    for (let k = 0; k < 4; k++) {
      const [row, col, h, w] = table.slice(4 * k, 4 * k + 4) as [number, number, number, number];
      for (let f = 0; f < shape.nFrames; f++) {
        for (let i = 0; i < h * w; i++) {
          const pixel = f * nPixels + (row + Math.floor(i / w)) * shape.width + col + (i % w);
          expected[pixel]! += Math.fround(weights[k * shape.nFrames + f]! * data[starts[k]! + i]!);
        }
      }
    }
    expectClose(accumulated([0, 1, 2, 3, 4, 5, 6]), expected, 0);
  });

  test("does not add a patch whose weight is 0 in four frames", () => {
    const arena = kernels.arena();
    const nFrames = 16;
    const block = arena.f32(nFrames * 4);
    const patches = {
      count: 2,
      table: arena.i32(8).set([0, 0, 2, 2, 0, 0, 2, 2]),
      starts: arena.i32(2).set([0, 4]),
      // 0 times what is not a number would show.
      data: arena.f32(8).set([1, 2, 3, 4, NaN, NaN, NaN, NaN]),
    };
    const only = Array.from({ length: 2 * nFrames }, (_, i) => (i < nFrames || i === 31 ? 1 : 0));
    const operand = arena.f32(only.length).set(only);
    kernels.accumulatePatches(block, { nFrames, height: 2, width: 2 }, patches, operand);
    const frames = [...block.view()];
    arena.release();
    expect(frames.slice(0, 48)).toEqual(Array.from({ length: 12 }, () => [1, 2, 3, 4]).flat());
    expect(frames.slice(48).every(Number.isNaN)).toBe(true);
  });

  test("patches on the same pixels have the bits of patches that come one by one, however many follow each other", () => {
    const nFrames = 8;
    const all = values(6 * 15, 21);
    // A weight of 0 in four frames leaves a patch out of its quad, at every place of a run.
    const dark = (k: number, f: number) => (k === 1 && f < 4) || (k === 4 && f >= 4);
    const scales = values(6 * nFrames, 22).map((w, i) =>
      dark(Math.floor(i / nFrames), i % nFrames) ? 0 : w,
    );
    const adds = (members: readonly number[], block: Float32Array): Float32Array => {
      const arena = kernels.arena();
      const target = arena.f32(block.length).set(block);
      const count = members.length;
      const weights = members.flatMap((k) => [...scales.subarray(k * nFrames, (k + 1) * nFrames)]);
      const patches = {
        count,
        table: arena.i32(4 * count).set(members.flatMap(() => [1, 1, 3, 5])),
        starts: arena.i32(count).set(members.map((k) => 15 * k)),
        data: arena.f32(all.length).set(all),
      };
      const operand = arena.f32(weights.length).set(weights);
      kernels.accumulatePatches(target, { nFrames, height: 5, width: 7 }, patches, operand);
      const result = target.view().slice();
      arena.release();
      return result;
    };
    const runs = [
      [0, 2],
      [0, 2, 3],
      [0, 1, 2],
      [0, 2, 3, 5],
      [2, 3, 4],
      [0, 1, 2, 3, 4, 5],
    ];
    for (const members of runs) {
      const start = values(nFrames * 35, 23);
      const alone = members.reduce((block, k) => adds([k], block), start);
      expectClose(adds(members, start), alone, 0);
    }
  });

  test("gives a frame the same bits in any block", () => {
    const together = accumulated([0, 1, 2, 3, 4, 5, 6]);
    for (const f of [0, 3, 6]) {
      expectClose(accumulated([f]), together.subarray(f * nPixels, (f + 1) * nPixels), 0);
    }
    expectClose(accumulated([6, 0]).subarray(nPixels), together.subarray(0, nPixels), 0);
  });

  test("refuses a patch that leaves the canvas or its data", () => {
    const arena = kernels.arena();
    const block = arena.f32(12);
    const small = { nFrames: 1, height: 3, width: 4 };
    const weight = arena.f32(1);
    const run = (entry: number[], start: number) =>
      kernels.accumulatePatches(
        block,
        small,
        {
          count: 1,
          table: arena.i32(4).set(entry),
          starts: arena.i32(1).set([start]),
          data: arena.f32(6),
        },
        weight,
      );
    expect(() => run([1, 1, 2, 3], 0)).not.toThrow();
    const outside: [number[], number][] = [
      [[-1, 0, 2, 3], 0],
      [[0, -1, 2, 3], 0],
      [[2, 0, 2, 3], 0],
      [[0, 2, 2, 3], 0],
      [[0, 0, -1, 3], 0],
      [[0, 0, 2, 3], 1],
      [[0, 0, 2, 3], -1],
      [[2147483647, 0, 2, 3], 0],
    ];
    for (const [entry, start] of outside) {
      expect(() => run(entry, start)).toThrow("Patch 0 leaves its data or the canvas of 3 × 4");
    }
  });
});

describe("translate", () => {
  const source = values(11 * 13, 3, 0.5, 1.5);

  function translated(shifts: number[], window: Parameters<typeof kernels.translate>[3]) {
    const arena = kernels.arena();
    const target = arena.f32(window.height * window.width);
    const shape = { nFrames: 1, height: 11, width: 13 };
    kernels.translate(arena.f32(143).set(source), shape, target, window, shifts);
    const result = target.view().slice();
    arena.release();
    return result;
  }

  test("a whole shift copies exactly, towards higher indices, and fills with 0", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -15, max: 15 }),
        fc.integer({ min: -15, max: 15 }),
        (dy, dx) => {
          const out = translated([dy, dx], { top: 0, left: 0, height: 11, width: 13 });
          for (let y = 0; y < 11; y++) {
            for (let x = 0; x < 13; x++) {
              const inside = y - dy >= 0 && y - dy < 11 && x - dx >= 0 && x - dx < 13;
              const expected = inside ? source[(y - dy) * 13 + x - dx]! : 0;
              expect(out[y * 13 + x]).toBe(expected);
            }
          }
        },
      ),
    );
  });

  test("the light is all there while none of it leaves the window", () => {
    const shift = fc.double({ min: -6, max: 6, noNaN: true });
    const total = source.reduce((a, b) => a + b, 0);
    fc.assert(
      fc.property(shift, shift, (dy, dx) => {
        const out = translated([dy, dx], { top: -8, left: -8, height: 27, width: 29 });
        // Four rounded weights and a rounded sum a pixel: 8 · 2⁻²⁴.
        expect(Math.abs(out.reduce((a, b) => a + b, 0) / total - 1)).toBeLessThan(5e-7);
      }),
    );
  });

  test("a shift that is no number is an error", () => {
    const window = { top: 0, left: 0, height: 1, width: 1 };
    expect(() => translated([0, Number.NaN], window)).toThrow("shifts must be finite");
    expect(() => translated([0], window)).toThrow("shifts has 1 elements, 2 are needed.");
  });
});

describe("blur", () => {
  const { radius, taps } = gaussianTaps(1.6);

  function blurred(source: Float32Array, height: number, width: number): Float32Array {
    const arena = kernels.arena();
    const window = {
      top: -radius,
      left: -radius,
      height: height + 2 * radius,
      width: width + 2 * radius,
    };
    const target = arena.f32(window.height * window.width);
    const operand = arena.f32(taps.length).set(taps);
    const input = arena.f32(source.length).set(source);
    kernels.blur(input, { height, width }, operand, target, window, "zero");
    const result = target.view().slice();
    arena.release();
    return result;
  }

  test("conserves light in a window that holds all of it", () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(size, size, fc.nat(1000), (height, width, seed) => {
        const source = values(height * width, seed, 0.1, 1);
        const total = source.reduce((a, b) => a + b, 0);
        const sum = blurred(source, height, width).reduce((a, b) => a + b, 0);
        // Rounded taps (2 · 2⁻²⁵) and two sums of 13 terms, each rounded to 2⁻²⁴ at worst.
        expect(Math.abs(sum / total - 1)).toBeLessThan(1e-6);
      }),
    );
  });

  test("is linear", () => {
    const a = values(17 * 19, 1);
    const b = values(17 * 19, 2);
    const mixed = a.map((value, i) => 2 * value + 3 * b[i]!);
    const blurredA = blurred(a, 17, 19);
    const blurredB = blurred(b, 17, 19);
    const expected = blurredA.map((value, i) => 2 * value + 3 * blurredB[i]!);
    expectClose(blurred(mixed, 17, 19), expected, 2e-6 * largest(expected));
  });

  test("keeps a constant field constant when the edge repeats the nearest pixel", () => {
    const field = blurField(new Float64Array(7 * 9).fill(3), { height: 7, width: 9 }, 5, "nearest");
    expectClose(field, new Float64Array(63).fill(3), 3e-6);
  });

  test("blurField is blur over the field's own window", () => {
    const source = values(30, 4);
    const field = blurField(source, { height: 5, width: 6 }, 1.6, "zero");
    const wide = blurred(source, 5, 6);
    for (let y = 0; y < 5; y++) {
      for (let x = 0; x < 6; x++) {
        expect(field[y * 6 + x]).toBe(wide[(y + radius) * (6 + 2 * radius) + x + radius]);
      }
    }
    expect(blurField([], { height: 0, width: 4 }, 2, "nearest")).toEqual(new Float64Array(0));
  });

  test("says what is wrong with its operands", () => {
    const arena = kernels.arena();
    const one = arena.f32(1);
    const pixel = { height: 1, width: 1 };
    const window = { top: 0, left: 0, ...pixel };
    const none = { height: 0, width: 1 };
    expect(() => kernels.blur(one, pixel, arena.f32(2), one, window, "zero")).toThrow("odd number");
    expect(() => kernels.blur(one, none, one, one, window, "nearest")).toThrow("no nearest pixel");
    expect(() => kernels.blur(one, pixel, one, one, { ...window, height: 2 }, "zero")).toThrow(
      "target has 1 elements, 2 are needed.",
    );
    expect(() => kernels.blur(one, pixel, one, one, { ...window, top: 0.5 }, "zero")).toThrow(
      "window.top must be a whole number: got 0.5.",
    );
    expect(() => kernels.blur(one, pixel, one, one, { ...window, left: 2 ** 40 }, "zero")).toThrow(
      "window.left must be within ±2³⁰",
    );
  });
});

describe("modulate and accumulateField", () => {
  test("say what is wrong with their operands", () => {
    const arena = kernels.arena();
    const block = arena.f32(8);
    const field = arena.f32(4);
    const one = arena.f32(1);
    expect(() => kernels.modulate(block, 2, 5, field)).toThrow("block has 8 elements, 10 are");
    expect(() => kernels.modulate(block, 2, 4, one)).toThrow("field has 1 elements, 4 are");
    expect(() => kernels.modulate(block, 2, 4, field, one)).toThrow("weights has 1 elements, 2");
    expect(() => kernels.accumulateField(block, 2, 4, field, one)).toThrow("weights has 1");
    expect(() => kernels.accumulateField(block, -1, 4, field, one)).toThrow("nFrames must be");
  });
});
