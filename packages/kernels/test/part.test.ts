// A frame that is a part of a larger one has the bits of that part: in smooth components, in smooth displacement, in the sensor's noise.
import { coarseGrid, createKernels, type Whole } from "@minisim/kernels";
import * as reference from "@minisim/kernels/reference";
import fc from "fast-check";
import { expect, test } from "vitest";
import { values } from "./fixtures.ts";

const kernels = createKernels();
const FRAMES = 3;

interface Part {
  readonly whole: { readonly height: number; readonly width: number };
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** A part of at least one pixel of a frame, anywhere in it. */
const parts: fc.Arbitrary<Part> = fc
  .record({ height: fc.integer({ min: 1, max: 60 }), width: fc.integer({ min: 1, max: 90 }) })
  .chain((whole) =>
    fc.record({
      whole: fc.constant(whole),
      top: fc.nat(whole.height - 1),
      left: fc.nat(whole.width - 1),
    }),
  )
  .chain(({ whole, top, left }) =>
    fc.record({
      whole: fc.constant(whole),
      top: fc.constant(top),
      left: fc.constant(left),
      height: fc.integer({ min: 1, max: whole.height - top }),
      width: fc.integer({ min: 1, max: whole.width - left }),
    }),
  );

const spacings = fc.double({ min: 1, max: 20, noNaN: true });
const seeds = fc.nat(1e6);

function cut(frames: ArrayLike<number>, { whole, top, left, height, width }: Part): number[] {
  return Array.from({ length: FRAMES * height * width }, (_, i) => {
    const x = i % width;
    const y = Math.floor(i / width) % height;
    const f = Math.floor(i / width / height);
    return frames[(f * whole.height + top + y) * whole.width + left + x]!;
  });
}

const wholeOf = ({ whole, top, left }: Part): Whole => ({ ...whole, top, left });

test("smooth components", () => {
  fc.assert(
    fc.property(parts, spacings, seeds, (part, spacing_px, seed) => {
      const grid = coarseGrid(part.whole, spacing_px);
      const size = grid.height * grid.width;
      const data = values(size, seed, -1, 1);
      const weights = values(FRAMES, seed + 1, -1, 1);
      const light = (shape: { height: number; width: number }, whole?: Whole) => {
        const arena = kernels.arena();
        const block = arena.f32(FRAMES * shape.height * shape.width);
        const patches = {
          count: 1,
          table: arena.i32(4).set([0, 0, grid.height, grid.width]),
          starts: arena.i32(1),
          data: arena.f32(size).set(data),
        };
        const rows = arena.f32(FRAMES).set(weights);
        const operation = { kind: "coarse", spacing_px, whole, patches, weights: rows } as const;
        kernels.compose(block, { nFrames: FRAMES, ...shape }, [operation]);
        const found = block.view().slice();
        arena.release();
        return found;
      };
      expect([...light(part, wholeOf(part))]).toEqual(cut(light(part.whole), part));

      const twin = (shape: { height: number; width: number }, whole?: Whole) => {
        const block = new Float64Array(FRAMES * shape.height * shape.width);
        const patches = { count: 1, table: [0, 0, grid.height, grid.width], starts: [0], data };
        const block_shape = { nFrames: FRAMES, ...shape };
        reference.accumulateCoarse(block, block_shape, spacing_px, patches, weights, whole);
        return block;
      };
      expect([...twin(part, wholeOf(part))]).toEqual(cut(twin(part.whole), part));
    }),
  );
});

test("smooth displacement", () => {
  fc.assert(
    fc.property(parts, spacings, seeds, (part, spacing_px, seed) => {
      const grid = coarseGrid(part.whole, spacing_px);
      const nodes = Float64Array.from(values(2 * FRAMES * grid.height * grid.width, seed, -6, 6));
      const source = values(FRAMES * part.whole.height * part.whole.width, seed + 1);
      const shape = { nFrames: FRAMES, ...part.whole };
      const moved = (window: Whole, whole?: Whole) => {
        const arena = kernels.arena();
        const target = arena.f32(FRAMES * window.height * window.width);
        const from = arena.f32(source.length).set(source);
        kernels.translate(from, shape, target, window, { spacing_px, nodes, whole });
        const found = target.view().slice();
        arena.release();
        return found;
      };
      const { top, left, height, width } = part;
      const everything = moved({ top: 0, left: 0, ...part.whole });
      expect([...moved({ top, left, height, width }, wholeOf(part))]).toEqual(
        cut(everything, part),
      );
    }),
  );
});

test("noise, with and without patterns, past the end of a strip", () => {
  const response = {
    electrons_per_unit: 70,
    dark_e: 3,
    read_noise_e: 2,
    full_well_e: Number.POSITIVE_INFINITY,
    counts_per_e: 20,
    black_counts: 9,
    max_count: 65535,
  };
  const key = [5, 6] as const;
  const frames = [4, 70_000, 2];
  // Strips of the kernels have 2048 pixels, so that the larger parts end in another than they begin in.
  fc.assert(
    fc.property(parts, fc.boolean(), seeds, (part, isPatterned, seed) => {
      const light = values(FRAMES * part.whole.height * part.whole.width, seed);
      const map = (kind: number) => values(part.whole.height * part.whole.width, seed + kind);
      const cutMap = (map: Float32Array) => {
        const three = Float32Array.from(
          { length: FRAMES * map.length },
          (_, i) => map[i % map.length]!,
        );
        return cut(three, part).slice(0, part.height * part.width);
      };
      const { width, top, left } = part;
      const stride = part.whole.width;
      const numbers = { width, first: top * stride + left, stride };
      const counts = (isPart: boolean) => {
        const arena = kernels.arena();
        const shape = isPart ? part : part.whole;
        const pixels = shape.height * shape.width;
        const own = (kind: number) => arena.f32(pixels).set(isPart ? cutMap(map(kind)) : map(kind));
        const patterns = {
          height: shape.height,
          width: shape.width,
          sensitivity: own(1),
          dark_e: own(2),
          offset_e: own(3),
        };
        const target = arena.u16(FRAMES * pixels);
        const source = arena.f32(FRAMES * pixels).set(isPart ? cut(light, part) : light);
        const frameNumbers = arena.i32(FRAMES).set(frames);
        const sensor = {
          frameNumbers,
          key,
          response,
          ...(isPart && { numbers }),
          ...(isPatterned && { patterns }),
        };
        kernels.digitize(source, FRAMES, pixels, sensor, target);
        const found = [...target.view()];
        arena.release();
        return found;
      };
      const found = counts(true);
      expect(found).toEqual(cut(counts(false), part));

      const twin = new Uint16Array(found.length);
      const pixels = part.height * part.width;
      const maps = {
        height: part.height,
        width,
        sensitivity: cutMap(map(1)),
        dark_e: cutMap(map(2)),
        offset_e: cutMap(map(3)),
      };
      const patterns = isPatterned ? maps : undefined;
      const source = cut(light, part);
      reference.digitize(source, FRAMES, pixels, frames, key, response, twin, patterns, numbers);
      // A floor falls between two roundings now and then.
      for (const [i, count] of found.entries()) {
        expect(Math.abs(count - twin[i]!)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test("numbers that are none are refused", () => {
  const arena = kernels.arena();
  const target = arena.u8(12);
  const digitize = (numbers: { width: number; first: number; stride: number }) => () =>
    kernels.digitize(
      arena.f32(12),
      1,
      12,
      {
        frameNumbers: arena.i32(1),
        key: [1, 2],
        numbers,
        response: {
          electrons_per_unit: 1,
          dark_e: 0,
          read_noise_e: 0,
          full_well_e: Number.POSITIVE_INFINITY,
          counts_per_e: 1,
          black_counts: 0,
          max_count: 255,
        },
      },
      target,
    );
  expect(digitize({ width: 5, first: 0, stride: 9 })).toThrow("numbers.width");
  expect(digitize({ width: 4, first: -1, stride: 9 })).toThrow("numbers.first");
  expect(digitize({ width: 4, first: 0, stride: 2 ** 29 })).toThrow("below 2³⁰");
  arena.release();
});
