// Every verb in a program: both backends against values worked out by hand. Whole numbers and halves are exact in
// float32, so most comparisons are for equality.

import { FootprintStack } from "@minisim/footprint";
import { coarseGrid } from "@minisim/kernels";
import {
  accumulate,
  area,
  custom,
  digitize,
  type Instruction,
  modulate,
  translate,
} from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import { describe, expect, test } from "vitest";
import {
  CANVAS,
  collect,
  FOV,
  FRAMES,
  fieldOf,
  MARGIN,
  movieOf,
  type Part,
  programOf,
  rampLight,
} from "./programs.ts";

const ramp = (row: number, col: number, t: number) => (16 * row + col) * (1 + t);
const perFrame = (n: number, value: (k: number, t: number) => number) =>
  Float64Array.from({ length: n * FRAMES }, (_, i) => value(Math.floor(i / FRAMES), i % FRAMES));
const verbs = new URL("./fixtures/verbs.mjs", import.meta.url).href;

describe.each(["wasm", "reference"] as const)("the %s backend", (backend) => {
  const movie = async (parts: readonly Part[], margin = 0) =>
    (await collect(programOf(parts, margin), { backend, blockFrames: 4 })).movie;

  test("an empty program is dark", async () => {
    expect(await movie([{ kind: "nothing" }])).toEqual(movieOf(FOV, () => 0));
  });

  test("accumulate adds sparse components by the product of their weight arrays", async () => {
    const footprint = (row: number, col: number, ...data: number[]) => ({
      row,
      col,
      height: 1,
      width: data.length,
      data: Float32Array.from(data),
    });
    const empty = { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };
    const stack = FootprintStack.from([footprint(1, 2, 1, 2), empty, footprint(1, 3, 4)], FOV);
    const light: Part = {
      kind: "light",
      make: () =>
        accumulate(stack, {
          per_frame: [perFrame(3, (k, t) => k + t), perFrame(3, (_, t) => (t % 2 === 0 ? 1 : 0.5))],
        }),
    };
    const half = (t: number) => (t % 2 === 0 ? 1 : 0.5);
    const expected = movieOf(FOV, (row, col, t) => {
      if (row !== 1) return 0;
      if (col === 2) return t * half(t);
      return col === 3 ? (2 * t + 4 * (2 + t)) * half(t) : 0;
    });
    expect(await movie([light])).toEqual(expected);
  });

  test("a scale multiplies the weights of all components in every frame", async () => {
    const data = Float64Array.from([...fieldOf(FOV, (row) => row), ...fieldOf(FOV, () => 1)]);
    const scaled: Part = {
      kind: "scaled",
      make: () =>
        accumulate(
          { count: 2, ...FOV, data },
          { per_frame: [perFrame(2, (k, t) => k + t)], scale: 0.5 },
        ),
    };
    expect(await movie([scaled])).toEqual(movieOf(FOV, (row, _, t) => 0.5 * (t * row + (1 + t))));
  });

  test("accumulate adds dense components, with constant weights too", async () => {
    const data = Float64Array.from([
      ...fieldOf(FOV, (row) => row),
      ...fieldOf(FOV, (_, col) => col),
    ]);
    const constant: Part = {
      kind: "constant",
      make: () => accumulate({ count: 2, ...FOV, data }, { constant: Float64Array.of(2, -3) }),
    };
    expect(await movie([constant])).toEqual(movieOf(FOV, (row, col) => 2 * row - 3 * col));
    expect(await movie([rampLight(), constant])).toEqual(
      movieOf(FOV, (row, col, t) => ramp(row, col, t) + 2 * row - 3 * col),
    );
  });

  test("coarse components are splines around the centre of the frames, wherever the margin ends", async () => {
    const one = (margin: number): Part => ({
      kind: "coarse",
      make: ({ canvas }) => {
        const grid = coarseGrid(canvas, 4);
        const middle = { row: (grid.height - 1) / 2, col: (grid.width - 1) / 2 };
        const peak = { ...middle, height: 1, width: 1, data: Float32Array.of(576) };
        const coefficients = FootprintStack.from([peak], grid);
        const weights = { per_frame: [perFrame(1, (_, t) => t)] };
        expect(canvas.height).toBe(FOV.height + 2 * margin);
        return accumulate({ spacing_px: 4, coefficients }, weights);
      },
    });
    // 24 times the cubic B-spline at d/4.
    const spline = (d: number) => (d < 4 ? (256 - 24 * d * d + 3 * d ** 3) / 16 : 0);
    const expected = movieOf(FOV, (row, col, t) => {
      return t * spline(Math.abs(row - 2)) * spline(Math.abs(col - 3));
    });
    for (const margin of [0, MARGIN]) {
      const found = await movie([one(margin)], margin);
      // Weights like 2/3 are rounded: eight products and sums of values up to 2560.
      for (const [i, value] of expected.entries()) {
        expect(Math.abs(found[i]! - value)).toBeLessThan(2560 * 12 * 2 ** -24);
      }
    }
  });

  test("sparse components with constant weights shine in every frame alike", async () => {
    const one = { row: 0, col: 6, height: 1, width: 1, data: Float32Array.of(3) };
    const stack = FootprintStack.from([one], FOV);
    const glow: Part = {
      kind: "glow",
      make: () => accumulate(stack, { constant: Float64Array.of(2) }),
    };
    expect(await movie([glow])).toEqual(
      movieOf(FOV, (row, col) => (row === 0 && col === 6 ? 6 : 0)),
    );
  });

  test("modulate multiplies by a field, and by a weight of the frame", async () => {
    const shade: Part = {
      kind: "shade",
      make: () =>
        modulate(
          fieldOf(FOV, (row) => 1 + row),
          perFrame(1, (_, t) => (t === 3 ? 0.5 : 1)),
        ),
    };
    expect(await movie([rampLight(), shade])).toEqual(
      movieOf(FOV, (row, col, t) => ramp(row, col, t) * (1 + row) * (t === 3 ? 0.5 : 1)),
    );
    const dim: Part = {
      kind: "dim",
      make: () =>
        modulate(
          null,
          perFrame(1, (_, t) => t / 4),
        ),
    };
    expect(await movie([rampLight(), dim])).toEqual(
      movieOf(FOV, (row, col, t) => ramp(row, col, t) * (t / 4)),
    );
    const still: Part = { kind: "still", make: () => modulate(fieldOf(FOV, (_, col) => col)) };
    expect(await movie([rampLight(), still])).toEqual(
      movieOf(FOV, (row, col, t) => ramp(row, col, t) * col),
    );
  });

  test("translate moves content to higher indices, mixes neighbours, and crops to the FOV", async () => {
    // Frame t: down by 1 and left by t/8; exact in float32 for such small numbers.
    const shifts = Float64Array.from({ length: 2 * FRAMES }, (_, i) =>
      i % 2 === 0 ? 1 : -(i >> 1) / 8,
    );
    const motion: Part = { kind: "motion", domain: "motion", make: () => translate(shifts) };
    const expected = movieOf(FOV, (row, col, t) => {
      const x = col + MARGIN + t / 8;
      const left = Math.floor(x);
      const at = (c: number) => (c < CANVAS.width ? ramp(row + MARGIN - 1, c, t) : 0);
      return (1 - (x - left)) * at(left) + (x - left) * at(left + 1);
    });
    expect(await movie([rampLight(), motion], MARGIN)).toEqual(expected);
  });

  test("translate adds a smooth displacement, field by field, to its shifts", async () => {
    const nodes = area(coarseGrid(FOV, 4));
    // One field moves all pixels down, the other all to the right: the splines of a constant are that constant.
    const basis = Float64Array.from({ length: 4 * nodes }, (_, i) => {
      const [field, axis] = [Math.floor(i / (2 * nodes)), Math.floor(i / nodes) % 2];
      return field === axis ? 1 : 0;
    });
    const weights = Float64Array.from({ length: 2 * FRAMES }, (_, i) => (i < FRAMES ? -1 : 0.5));
    const shifts = Float64Array.from({ length: 2 * FRAMES }, (_, i) => (i % 2 === 0 ? 1 : 0.25));
    const displaced = translate(shifts, { spacing_px: 4, count: 2, basis, weights });
    const plain = shifts.map((shift, i) => shift + (i % 2 === 0 ? -1 : 0.5));
    const moved = (make: () => Instruction): Part => ({ kind: "motion", domain: "motion", make });
    const soft = await movie([rampLight(), moved(() => displaced)], MARGIN);
    const rigid = await movie([rampLight(), moved(() => translate(plain))], MARGIN);
    // Taps sum to 1 within 4 roundings of 2⁻²⁴, on a ramp of 16 a pixel whose values reach 2⁻²⁴ · 1650 too.
    soft.forEach((value, i) => {
      expect(Math.abs(value - rigid[i]!)).toBeLessThan(1e-3);
    });
  });

  test("where nothing moves the margin is cropped away", async () => {
    const lens: Part = { kind: "lens", domain: "sensor" };
    const expected = movieOf(FOV, (row, col, t) => ramp(row + MARGIN, col + MARGIN, t));
    expect(await movie([rampLight(), lens], MARGIN)).toEqual(expected);
    // Not even a sensor step: the movie is over the FOV all the same.
    expect(await movie([rampLight()], MARGIN)).toEqual(expected);
  });

  test("a custom verb changes each frame in place, by its number and shape", async () => {
    const own: Part = { kind: "own", make: () => custom(verbs, "addToRow", { row: 2, step: 3 }) };
    expect(await movie([rampLight(), own])).toEqual(
      movieOf(FOV, (row, col, t) => ramp(row, col, t) + (row === 2 ? 3 * t : 0)),
    );
  });

  test.each([
    ["canvas", "tissue", CANVAS],
    ["field of view", "sensor", FOV],
  ] as const)("a custom verb is told the shape of the %s", async (_, domain, shape) => {
    const own: Part = { kind: "own", domain, make: () => custom(verbs, "shape", {}) };
    const options = { backend, taps: ["own"], frames: [0] };
    const { taps } = await collect(programOf([own], MARGIN), options);
    expect(taps.own!.slice(0, 2)).toEqual([shape.height, shape.width]);
  });

  // Without read noise, and with light that is dark or far above full scale, counts do not depend on the draw.
  const counts = (bit_depth: number): Part => ({
    kind: "y_count",
    domain: "sensor",
    make: () =>
      digitize(
        exposureWith({
          photons_per_unit: 1e6,
          quantum_efficiency: 1,
          read_noise_e: 0,
          counts_per_e: 1,
          max_count: 2 ** bit_depth - 1,
        }),
        [1, 2],
      ),
  });
  const bright = (row: number, col: number) => row > 0 || col > 0;

  test.each([
    [8, 255, "Uint8Array"],
    [12, 4095, "Uint16Array"],
  ] as const)("digitize to %i bits clips at %i, in a %s", async (bits, full, type) => {
    const result = await collect(programOf([rampLight(), counts(bits)]), { backend });
    expect(result.type).toBe(type);
    expect(result.movie).toEqual(movieOf(FOV, (row, col) => (bright(row, col) ? full : 0)));
  });

  test("counts are light again for what follows a digitize", async () => {
    const twice: Part = {
      kind: "z_after",
      domain: "sensor",
      make: () => modulate(fieldOf(FOV, () => 2)),
    };
    const program = programOf([rampLight(), counts(8), twice]);
    const result = await collect(program, { backend, taps: ["y_count"] });
    expect(result.type).toBe("Float32Array");
    expect(result.movie).toEqual(movieOf(FOV, (row, col) => (bright(row, col) ? 510 : 0)));
    expect(result.taps.y_count).toEqual(movieOf(FOV, (row, col) => (bright(row, col) ? 255 : 0)));
  });

  test("a tap of the counts leaves them counts", async () => {
    const program = programOf([rampLight(), counts(8)]);
    const result = await collect(program, { backend, taps: ["y_count"] });
    expect(result.type).toBe("Uint8Array");
    expect(result.taps.y_count).toEqual(result.movie);
  });
});

test("the backends draw the same noise", async () => {
  const sensor: Part = {
    kind: "sensor",
    domain: "sensor",
    make: () =>
      digitize(
        exposureWith({
          photons_per_unit: 10,
          quantum_efficiency: 0.7,
          read_noise_e: 2,
          counts_per_e: 0.1,
          max_count: 2 ** 12 - 1,
        }),
        [3, 4],
      ),
  };
  const program = programOf([rampLight(), sensor]);
  const wasm = (await collect(program)).movie;
  const reference = (await collect(program, { backend: "reference" })).movie;
  expect(new Set(wasm).size).toBeGreaterThan(100);
  // A float32 sum can fall on the other side of a whole number: by one count, and rarely (at most ~600 counts of 2^-24
  // relative error each, so below 1e-3 of the pixels; 385 pixels hold at most one).
  const apart = wasm.map((count, i) => Math.abs(count - reference[i]!));
  expect(Math.max(...apart)).toBeLessThanOrEqual(1);
  expect(apart.filter((d) => d > 0).length).toBeLessThanOrEqual(1);
});
