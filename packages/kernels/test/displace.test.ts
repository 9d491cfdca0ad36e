// Frames displaced by a smooth field: against the reference, against shifts, and bit for bit in every pass.
import { coarseGrid, createKernels, type Displacements } from "@minisim/kernels";
import * as reference from "@minisim/kernels/reference";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, largest, values } from "./fixtures.ts";

const kernels = createKernels();
const shapes = fc.record({
  nFrames: fc.integer({ min: 0, max: 9 }),
  height: fc.integer({ min: 0, max: 40 }),
  width: fc.integer({ min: 0, max: 70 }),
});
const windows = fc.record({
  top: fc.integer({ min: -20, max: 20 }),
  left: fc.integer({ min: -20, max: 20 }),
  height: fc.integer({ min: 0, max: 50 }),
  width: fc.integer({ min: 0, max: 90 }),
});
const spacings = fc.double({ min: 1, max: 60, noNaN: true });
const reaches = fc.constantFrom(0, 0.4, 5, 40);
const seeds = fc.nat(1_000_000);

type Frame = Readonly<{ height: number; width: number }>;

/** Random nodes, float32-exact: a twin must not differ because its input was rounded. */
function nodesOf(window: Frame, nFrames: number, spacing_px: number, reach: number, seed: number) {
  const grid = coarseGrid(window, spacing_px);
  const nodes = values(2 * nFrames * grid.height * grid.width, seed, -reach, reach);
  return { spacing_px, nodes: Float64Array.from(nodes) };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** The same dy and dx everywhere in every frame. */
function shiftedBy(window: Frame, shifts: readonly (readonly [number, number])[]): Displacements {
  const grid = coarseGrid(window, 7);
  const count = grid.height * grid.width;
  const nodes = new Float64Array(2 * shifts.length * count);
  shifts.flat().forEach((shift, i) => {
    nodes.fill(shift, i * count, (i + 1) * count);
  });
  return { spacing_px: 7, nodes };
}

test("matches the reference", () => {
  fc.assert(
    fc.property(
      shapes,
      windows,
      spacings,
      reaches,
      seeds,
      (shape, window, spacing_px, reach, seed) => {
        const arena = kernels.arena();
        const { nFrames } = shape;
        const data = values(nFrames * shape.height * shape.width, seed, -1, 1);
        const length = nFrames * window.height * window.width;
        const target = arena.f32(length).set(new Float32Array(length).fill(9));
        const expected = new Float64Array(length);
        const motion = nodesOf(window, nFrames, spacing_px, reach, seed + 1);
        kernels.translate(arena.f32(data.length).set(data), shape, target, window, motion);
        reference.translate(data, shape, expected, window, motion);
        // A displacement takes 20 roundings of at most 2⁻²⁴ of its size (taps, products and sums of two axes); a pixel changes by
        // at most twice the largest in a pixel of either axis, and is itself made of 12 roundings.
        const moved = 4 * 20 * reach + 12;
        expectClose(target.view(), expected, moved * 2 ** -24 * largest(data));
        arena.release();
      },
    ),
    { numRuns: 300 },
  );
});

test("one shift everywhere is a translation", () => {
  const arena = kernels.arena();
  const shape = { nFrames: 3, height: 30, width: 41 };
  const window = { top: 4, left: 3, height: 22, width: 35 };
  const data = values(3 * 30 * 41, 1);
  const shifts = [
    [0, 0],
    [1.25, -2.5],
    [-3, 2],
  ] as const;
  const source = arena.f32(data.length).set(data);
  const [moved, shifted] = [arena.f32(3 * 22 * 35), arena.f32(3 * 22 * 35)];
  kernels.translate(source, shape, moved, window, shiftedBy(window, shifts));
  kernels.translate(source, shape, shifted, window, shifts.flat());
  // Taps sum to 1 within 4 roundings: 4 · 2⁻²⁴ of 3 px on two axes, of pixels that differ by at most 1.
  expectClose(moved.view(), shifted.view(), 2 * 4 * 3 * 2 ** -24 + 2 ** -22);
  arena.release();
});

test("coefficients on a straight line displace in proportion to the place", () => {
  const arena = kernels.arena();
  const window = { top: 0, left: 0, height: 41, width: 61 };
  const shape = { nFrames: 1, height: 41, width: 61 };
  const spacing_px = 9.5;
  const grid = coarseGrid(window, spacing_px);
  const count = grid.height * grid.width;
  const nodes = new Float64Array(2 * count);
  for (let y = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++) {
      nodes[count + y * grid.width + x] = 0.1 * spacing_px * (x - (grid.width - 1) / 2);
    }
  }
  // A ramp shows where each pixel was read.
  const ramp = Float32Array.from({ length: 41 * 61 }, (_, i) => i % 61);
  const target = arena.f32(ramp.length);
  kernels.translate(arena.f32(ramp.length).set(ramp), shape, target, window, { spacing_px, nodes });
  for (let x = 0; x < 61; x++) {
    // Float32 of places up to 60.
    expect(Math.abs(target.view()[61 * 20 + x]! - (x - 0.1 * (x - 30)))).toBeLessThan(2e-5);
  }
  arena.release();
});

describe("has the same bits", () => {
  const tall = fc.record({
    nFrames: fc.integer({ min: 0, max: 9 }),
    height: fc.integer({ min: 0, max: 400 }),
    width: fc.integer({ min: 0, max: 100 }),
  });
  const tallWindows = fc.record({
    top: fc.integer({ min: -50, max: 50 }),
    left: fc.integer({ min: -20, max: 20 }),
    height: fc.integer({ min: 0, max: 420 }),
    width: fc.integer({ min: 0, max: 90 }),
  });

  test("in one capture as in compose and expose", () => {
    fc.assert(
      fc.property(tall, tallWindows, reaches, seeds, (shape, window, reach, seed) => {
        const arena = kernels.arena();
        const { nFrames, height, width } = shape;
        const motion = nodesOf(window, nFrames, 3 + (seed % 50), reach, seed);
        const fields = arena.f32(height * width).set(values(height * width, seed, -1, 2));
        const weights = arena.f32(nFrames).set(values(nFrames, seed + 1));
        const glow = { kind: "fields", count: 1, fields, weights } as const;
        const length = nFrames * window.height * window.width;
        const [fused, single] = [arena.f32(length), arena.f32(length)];
        const light = arena.f32(nFrames * height * width);
        kernels.compose(light, shape, [glow], true);
        kernels.expose(light, shape, window, motion, [], single);
        kernels.capture(shape, [glow], window, motion, [], fused);
        // Bytes are compared at once: there may be millions.
        expect(Buffer.compare(bytesOf(fused.view()), bytesOf(single.view()))).toBe(0);
        arena.release();
      }),
      { numRuns: 100 },
    );
  });

  test("alone as in a block", () => {
    const window = { top: 3, left: 2, height: 33, width: 87 };
    const frame = { height: 40, width: 90 };
    const size = 40 * 90;
    const data = values(5 * size, 3);
    const motion = nodesOf(window, 5, 11, 4, 8);
    const made = (frames: readonly number[]) => {
      const arena = kernels.arena();
      const per = motion.nodes.length / 5;
      const source = arena.f32(frames.length * size);
      source.set(frames.flatMap((f) => [...data.subarray(f * size, (f + 1) * size)]));
      const nodes = frames.flatMap((f) => [...motion.nodes.subarray(f * per, (f + 1) * per)]);
      const target = arena.f32(frames.length * 33 * 87);
      const displaced = { spacing_px: 11, nodes: Float64Array.from(nodes) };
      const shape = { nFrames: frames.length, ...frame };
      kernels.translate(source, shape, target, window, displaced);
      const result = target.view().slice();
      arena.release();
      return result;
    };
    const together = made([0, 1, 2, 3, 4]);
    expect(made([3])).toEqual(together.subarray(3 * 33 * 87, 4 * 33 * 87));
    expect(made([4, 0]).subarray(33 * 87)).toEqual(together.subarray(0, 33 * 87));
  });
});

test("says what is wrong with its nodes", () => {
  const arena = kernels.arena();
  const shape = { nFrames: 1, height: 4, width: 4 };
  const window = { top: 0, left: 0, height: 4, width: 4 };
  const move = (nodes: Float64Array, spacing_px = 4) => {
    kernels.translate(arena.f32(16), shape, arena.f32(16), window, { spacing_px, nodes });
  };
  expect(() => move(new Float64Array(3))).toThrow("nodes has 3 elements, 50 are needed.");
  expect(() => move(new Float64Array(50).fill(NaN))).toThrow(
    "nodes must be within ±2²⁰: got NaN at 0.",
  );
  expect(() => move(new Float64Array(50), 0.5)).toThrow("spacing must be at least 1 pixel");
  arena.release();
});
