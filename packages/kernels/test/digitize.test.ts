// The sensor: against its float64 twin, against the photon-transfer law, and independent of how frames are grouped.
import { createKernels, type PhiloxKey } from "@minisim/kernels";
import * as reference from "@minisim/kernels/reference";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { values } from "./fixtures.ts";

const kernels = createKernels();
const key: PhiloxKey = [0x9abcdef0, 0x12345678];
const response = {
  electrons_per_unit: 70,
  dark_e: 0,
  read_noise_e: 2,
  full_well_e: Number.POSITIVE_INFINITY,
  counts_per_e: 1,
  black_counts: 0,
  max_count: 255,
};

type Response = typeof response;

function digitized(source: ArrayLike<number>, frames: number[], settings: Response): number[] {
  const arena = kernels.arena();
  const n = frames.length;
  const target = settings.max_count > 255 ? arena.u16(source.length) : arena.u8(source.length);
  const numbers = arena.i32(n).set(frames);
  const block = arena.f32(source.length).set(source);
  const sensor = { frameNumbers: numbers, key, response: settings };
  kernels.digitize(block, n, source.length / n, sensor, target);
  const counts = [...target.view()];
  arena.release();
  return counts;
}

describe("against the reference", () => {
  test("counts differ by at most 1, and rarely", () => {
    // λ ≤ 70 e⁻: float32 puts it off by at most 1.8e-7·λ = 1.3e-5 e⁻, and the noise, below 5.77·√74 = 50 e⁻ and good to
    // 5e-7, by 2.5e-5; the last sum and product add 1.5e-5. A floor falls between two values 5.3e-5 apart once in 19 000.
    const n = 200_000;
    for (const settings of [response, { ...response, max_count: 65535, counts_per_e: 1.3 }]) {
      const source = values(n, 7, -0.1, 1);
      const expected = new Uint16Array(n);
      reference.digitize(source, 1, n, [41], key, settings, expected);
      const counts = digitized(source, [41], settings);
      const differences = counts.map((count, i) => Math.abs(count - expected[i]!));
      expect(differences.every((difference) => difference <= 1)).toBe(true);
      expect(differences.filter((difference) => difference > 0).length).toBeLessThan(1e-3 * n);
    }
  });

  test("the layout of the random words is the same for every size, and nothing is written past the end", () => {
    const sizes = fc.record({ n: fc.nat(67), frames: fc.array(fc.nat(5000), { maxLength: 4 }) });
    fc.assert(
      fc.property(sizes, fc.boolean(), fc.nat(1000), ({ n, frames }, wide, seed) => {
        const arena = kernels.arena();
        const total = n * frames.length;
        const source = values(total, seed);
        const settings = wide ? { ...response, counts_per_e: 40, max_count: 4095 } : response;
        const target = wide ? arena.u16(total + 16) : arena.u8(total + 16);
        target.set(new Uint8Array(total + 16).fill(77));
        const numbers = arena.i32(frames.length).set(frames);
        const block = arena.f32(total).set(source);
        const sensor = { frameNumbers: numbers, key, response: settings };
        kernels.digitize(block, frames.length, n, sensor, target);
        const expected = new Uint16Array(total + 16).fill(77);
        reference.digitize(source, frames.length, n, frames, key, settings, expected);
        const counts = target.view();
        for (let i = 0; i < total; i++) {
          expect(Math.abs(counts[i]! - expected[i]!)).toBeLessThanOrEqual(1);
        }
        expect([...counts.subarray(total)]).toEqual(new Array(16).fill(77));
        arena.release();
      }),
    );
  });
});

describe("the photon-transfer law", () => {
  test("mean, variance and third moment are those of the model, in each of the 16 places of an iteration", () => {
    // 1000 e⁻ of light and 50 e⁻ of read noise: σ = √(1000 + 2500) = 59.2 e⁻. A gain of 8 makes the rounding small:
    // a floor takes ½ a count off the mean and adds 1/12 to the variance.
    const settings = {
      ...response,
      electrons_per_unit: 1000,
      read_noise_e: 50,
      counts_per_e: 8,
      max_count: 65535,
    };
    const perPlace = 2 ** 15;
    const counts = digitized(new Float32Array(16 * perPlace).fill(1), [3], settings);
    const sigma = 8 * Math.sqrt(3500);
    for (let place = 0; place < 16; place++) {
      const sample = counts.filter((_, i) => i % 16 === place);
      const mean = sample.reduce((a, b) => a + b, 0) / perPlace;
      const central = (power: number) =>
        sample.reduce((sum, x) => sum + (x - mean) ** power, 0) / perPlace;
      // Five standard errors: σ/√n, σ²·√(2/n), σ³·√(6/n) (third moment about the sample's own mean).
      expect(Math.abs(mean - (8000 - 0.5))).toBeLessThan((5 * sigma) / Math.sqrt(perPlace));
      const variance = sigma ** 2 + 1 / 12;
      expect(Math.abs(central(2) - variance)).toBeLessThan(5 * variance * Math.sqrt(2 / perPlace));
      expect(Math.abs(central(3))).toBeLessThan(5 * sigma ** 3 * Math.sqrt(6 / perPlace));
    }
  });

  test("without light and read noise there are no counts; negative light and NaN are dark", () => {
    const dark = { ...response, read_noise_e: 0 };
    const light = [0, -3, Number.NaN, -0];
    expect(digitized(light, [0], dark)).toEqual([0, 0, 0, 0]);
    const expected = new Uint16Array(4).fill(9);
    reference.digitize(light, 1, 4, [0], key, dark, expected);
    expect([...expected]).toEqual([0, 0, 0, 0]);
  });

  test("counts stop at max_count", () => {
    expect(digitized([1e9, 1e30, 50], [0], { ...response, max_count: 200 })).toEqual([
      200, 200, 200,
    ]);
  });
});

describe("the chain", () => {
  const steady = { ...response, read_noise_e: 0, electrons_per_unit: 0 };

  test("counts begin at the black level, and dark electrons add to them", () => {
    expect(digitized([0, 5], [0], { ...steady, black_counts: 12.6 })).toEqual([12, 12]);
    const n = 4096;
    const counts = digitized(new Float32Array(n), [0], { ...steady, dark_e: 100 });
    const mean = counts.reduce((a, b) => a + b, 0) / n;
    // Five standard errors of 10 e⁻ of shot noise; a floor takes half a count.
    expect(Math.abs(mean - 99.5)).toBeLessThan((5 * 10) / Math.sqrt(n));
  });

  test("a full pixel holds no more", () => {
    const full = { ...response, full_well_e: 40, black_counts: 7 };
    expect(digitized([1e6, 1e3], [0], full)).toEqual([47, 47]);
  });
});

describe("patterns", () => {
  const shapes = fc.record({
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 700 }),
    frames: fc.array(fc.nat(5000), { minLength: 1, maxLength: 3 }),
  });

  /** Counts of light with these maps, by the kernels and by the reference. */
  function both(
    { height, width, frames }: { height: number; width: number; frames: number[] },
    seed: number,
    wide: boolean,
    rows: boolean,
  ) {
    const arena = kernels.arena();
    const n = height * width;
    const total = n * frames.length;
    const plain = {
      height,
      width,
      sensitivity: values(n, seed, 0.8, 1.2),
      dark_e: values(n, seed + 1, 0, 20),
      offset_e: values(n, seed + 2, -10, 10),
      ...(rows && { row_offsets_e: values(frames.length * height, seed + 3, -20, 20) }),
    };
    const source = values(total, seed + 4);
    const settings = { ...response, black_counts: 30, max_count: wide ? 4095 : 255 };
    const target = wide ? arena.u16(total + 16) : arena.u8(total + 16);
    target.set(new Uint8Array(total + 16).fill(77));
    const map = (map: Float32Array) => arena.f32(map.length).set(map);
    const patterns = {
      height,
      width,
      sensitivity: map(plain.sensitivity),
      dark_e: map(plain.dark_e),
      offset_e: map(plain.offset_e),
      row_offsets_e: plain.row_offsets_e && map(plain.row_offsets_e),
    };
    const sensor = {
      frameNumbers: arena.i32(frames.length).set(frames),
      key,
      response: settings,
      patterns,
    };
    kernels.digitize(arena.f32(total).set(source), frames.length, n, sensor, target);
    const expected = new Uint16Array(total);
    reference.digitize(source, frames.length, n, frames, key, settings, expected, plain);
    const counts = [...target.view()];
    arena.release();
    return { counts, expected, total };
  }

  test("are those of the reference, whatever the shape, and nothing is written past the end", () => {
    fc.assert(
      fc.property(shapes, fc.nat(1000), fc.boolean(), fc.boolean(), (shape, seed, wide, rows) => {
        const { counts, expected, total } = both(shape, seed, wide, rows);
        const differences = Array.from(expected, (count, i) => Math.abs(counts[i]! - count));
        // Where a value falls on a whole number, float32 may floor to the other side.
        expect(Math.max(...differences)).toBeLessThanOrEqual(1);
        // Once in 10 000 at most, by the widths above; five of a small frame leave room.
        expect(differences.filter((d) => d > 0).length).toBeLessThanOrEqual(5 + total * 1e-3);
        expect(counts.slice(total)).toEqual(new Array(16).fill(77));
      }),
      { numRuns: 60 },
    );
  });

  test("that change nothing give the bytes of none", () => {
    const arena = kernels.arena();
    const [height, width] = [23, 101];
    const n = height * width;
    const source = arena.f32(n).set(values(n, 5));
    const plain = { frameNumbers: arena.i32(1).set([8]), key, response };
    const patterns = {
      height,
      width,
      sensitivity: arena.f32(n).set(new Float32Array(n).fill(1)),
      dark_e: arena.f32(n).set(new Float32Array(n)),
      offset_e: arena.f32(n).set(new Float32Array(n)),
      row_offsets_e: arena.f32(height).set(new Float32Array(height)),
    };
    const counted = (sensor: Parameters<typeof kernels.digitize>[3]) => {
      const target = arena.u8(n);
      kernels.digitize(source, 1, n, sensor, target);
      return [...target.view()];
    };
    expect(counted({ ...plain, patterns })).toEqual(counted(plain));
    arena.release();
  });

  test("of another size are an error", () => {
    const arena = kernels.arena();
    const one = arena.f32(1);
    const patterns = { height: 1, width: 2, sensitivity: one, dark_e: one, offset_e: one };
    const sensor = { frameNumbers: arena.i32(1), key, response, patterns };
    expect(() => kernels.digitize(one, 1, 1, sensor, arena.u8(1))).toThrow(
      "The patterns have 1 × 2 pixels, the frame 1.",
    );
  });
});

describe("a frame's noise", () => {
  const n = 333;
  const source = values(3 * n, 9);
  const frame = (f: number) => source.subarray(f * n, (f + 1) * n);

  test("depends on its number, not on its place in a block or the block's size", () => {
    const block = digitized(source, [5, 2, 9], response);
    const alone = [5, 2, 9].flatMap((number, f) => digitized(frame(f), [number], response));
    expect(block).toEqual(alone);
    const swapped = digitized([...frame(1), ...frame(0)], [2, 5], response);
    expect(swapped).toEqual([...block.slice(n, 2 * n), ...block.slice(0, n)]);
  });

  test("is new in every frame", () => {
    expect(digitized(frame(0), [1], response)).not.toEqual(digitized(frame(0), [2], response));
  });
});

test("a max_count that its bytes cannot hold is an error", () => {
  const arena = kernels.arena();
  const source = arena.f32(1);
  const frames = arena.i32(1);
  const deep = { ...response, max_count: 256 };
  const sensor = { frameNumbers: frames, key, response: deep };
  expect(() => kernels.digitize(source, 1, 1, sensor, arena.u8(1))).toThrow(
    "max_count 256 does not fit 8 bits.",
  );
  expect(() => kernels.digitize(source, 1, 1, sensor, arena.u16(1))).not.toThrow();
});
