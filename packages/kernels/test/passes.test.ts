// The passes against the verbs one by one: bit for bit, for any sequence of operations, over widths that no vector divides,
// single pixels, empty stacks, empty frames and blocks that fill their last lanes or not.
import {
  type Arena,
  coarseGrid,
  createKernels,
  type F32,
  type FieldOperation,
  type LightOperation,
  type U8,
  type U16,
} from "@minisim/kernels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { values } from "./fixtures.ts";

const kernels = createKernels();
const shapes = fc.record({
  nFrames: fc.integer({ min: 0, max: 19 }),
  height: fc.integer({ min: 0, max: 40 }),
  width: fc.integer({ min: 0, max: 70 }),
});
const kinds = fc.array(
  fc.constantFrom("patches", "coarse", "fields", "modulate", "weighted", "scaled", "swinging"),
  {
    maxLength: 6,
  },
);
const seeds = fc.nat(1_000_000);

type Kind = "patches" | "coarse" | "fields" | "modulate" | "weighted" | "scaled" | "swinging";
interface Shape {
  readonly nFrames: number;
  readonly height: number;
  readonly width: number;
}

/** Operands of both signs, so that a product can be −0 and a sum can cancel. */
function operation(arena: Arena, kind: Kind, shape: Shape, seed: number): LightOperation {
  const { nFrames, height, width } = shape;
  const operand = (length: number, n: number) => arena.f32(length).set(values(length, n, -1, 2));
  switch (kind) {
    case "coarse": {
      const spacing_px = 1 + (seed % 77) / 9;
      const made = operation(arena, "patches", { nFrames, ...coarseGrid(shape, spacing_px) }, seed);
      if (made.kind !== "patches") throw new Error("Patches were asked for.");
      return { ...made, kind, spacing_px };
    }
    case "patches": {
      const count = seed % 5;
      const table: number[] = [];
      const starts: number[] = [];
      let length = 0;
      for (const u of values(count, seed)) {
        const h = Math.floor(u * (height + 1));
        const w = Math.floor((1 - u) * (width + 1));
        table.push(Math.floor(u * (height - h + 1)), Math.floor(u * (width - w + 1)), h, w);
        starts.push(length);
        length += h * w;
      }
      const patches = {
        count,
        table: arena.i32(table.length).set(table),
        starts: arena.i32(count).set(starts),
        data: operand(length, seed + 1),
      };
      return { kind, patches, weights: operand(count * nFrames, seed + 2) };
    }
    case "fields": {
      const count = seed % 4;
      const fields = operand(count * height * width, seed);
      return { kind, count, fields, weights: operand(count * nFrames, seed + 1) };
    }
    case "scaled":
      return { kind: "modulate", field: null, weights: operand(nFrames, seed + 1) };
    default: {
      const field = operand(height * width, seed);
      const weights = kind === "modulate" ? undefined : operand(nFrames, seed + 1);
      const swing = kind === "swinging" ? operand(height * width, seed + 2) : undefined;
      return { kind: "modulate", field, weights, swing };
    }
  }
}

/** On a window's grid, where there are no patches. */
function fieldOperations(
  arena: Arena,
  sequence: readonly Kind[],
  shape: Shape,
  seed: number,
): FieldOperation[] {
  return sequence.map((kind, i) => {
    const made = operation(arena, kind, shape, seed + 5 * i);
    if (made.kind === "patches" || made.kind === "coarse")
      throw new Error("A field was asked for.");
    return made;
  });
}

/** The same operation with the verbs that take one operand at a time. */
function applyVerb(arena: Arena, block: F32, shape: Shape, operation: LightOperation): void {
  const { nFrames, height, width } = shape;
  const nPixels = height * width;
  switch (operation.kind) {
    case "patches":
      kernels.accumulatePatches(block, shape, operation.patches, operation.weights);
      break;
    case "coarse":
      kernels.accumulateCoarse(
        block,
        shape,
        operation.spacing_px,
        operation.patches,
        operation.weights,
      );
      break;
    case "fields":
      for (let k = 0; k < operation.count; k++) {
        const fields = operation.fields.view();
        const weights = operation.weights.view();
        const field = arena.f32(nPixels).set(fields.slice(k * nPixels, (k + 1) * nPixels));
        const row = arena.f32(nFrames).set(weights.slice(k * nFrames, (k + 1) * nFrames));
        kernels.accumulateField(block, nFrames, nPixels, field, row);
      }
      break;
    case "modulate":
      kernels.modulate(
        block,
        nFrames,
        nPixels,
        // A field of ones has the same bits.
        operation.field ?? arena.f32(nPixels).set(new Float32Array(nPixels).fill(1)),
        operation.weights,
        operation.swing,
      );
  }
}

/** How many bytes differ; much faster than a comparison that could say which. */
function differences(a: F32 | U8 | U16, b: F32 | U8 | U16): number {
  const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint8Array | Uint16Array) =>
    new Uint8Array(buffer, byteOffset, byteLength);
  const others = bytesOf(b.view());
  return bytesOf(a.view()).reduce((n, byte, i) => n + (byte === others[i] ? 0 : 1), 0);
}

describe("compose", () => {
  test("has the bits of the verbs one by one", () => {
    fc.assert(
      fc.property(shapes, kinds, fc.boolean(), seeds, (shape, sequence, dark, seed) => {
        const arena = kernels.arena();
        const pixels = shape.nFrames * shape.height * shape.width;
        const light = values(pixels, seed, -1, 3);
        const fused = arena.f32(pixels).set(light);
        const single = arena.f32(pixels).set(dark ? new Float32Array(pixels) : light);
        const operations = sequence.map((kind, i) => operation(arena, kind, shape, seed + 7 * i));
        kernels.compose(fused, shape, operations, dark);
        for (const one of operations) applyVerb(arena, single, shape, one);
        expect(differences(fused, single)).toBe(0);
        arena.release();
      }),
      { numRuns: 200 },
    );
  });

  test("bands leave no seams: a tall frame is the same in pieces of its rows", () => {
    const arena = kernels.arena();
    const shape = { nFrames: 9, height: 900, width: 101 };
    const pixels = shape.height * shape.width;
    const patch = { nFrames: 9, height: 700, width: 90 };
    const data = arena.f32(patch.height * patch.width).set(values(63_000, 1));
    const weights = arena.f32(9).set(values(9, 2));
    const block = arena.f32(9 * pixels);
    const table = arena.i32(4).set([150, 5, patch.height, patch.width]);
    const patches = { count: 1, table, starts: arena.i32(1), data };
    kernels.compose(block, shape, [{ kind: "patches", patches, weights }], true);
    const view = block.view();
    const [w, d] = [weights.view(), data.view()];
    let wrong = 0;
    for (let f = 0; f < 9; f++) {
      for (let p = 0; p < pixels; p++) {
        const y = Math.floor(p / 101) - 150;
        const x = (p % 101) - 5;
        const inside = y >= 0 && y < 700 && x >= 0 && x < 90;
        const expected = inside ? Math.fround(w[f]! * d[y * 90 + x]!) : 0;
        if (view[f * pixels + p] !== expected) wrong++;
      }
    }
    expect(wrong).toBe(0);
    arena.release();
  });

  test("says what is wrong with its operands", () => {
    const arena = kernels.arena();
    const shape = { nFrames: 2, height: 2, width: 3 };
    const block = arena.f32(12);
    const short = arena.f32(5);
    const weights = arena.f32(1);
    expect(() => kernels.compose(arena.f32(11), shape, [])).toThrow("block has 11 elements, 12");
    expect(() => kernels.compose(block, shape, [{ kind: "modulate", field: short }])).toThrow(
      "field has 5 elements, 6",
    );
    expect(() =>
      kernels.compose(block, shape, [{ kind: "fields", count: 2, fields: block, weights }]),
    ).toThrow("weights has 1 elements, 4");
    arena.release();
  });
});

describe("expose", () => {
  const sensor = {
    electrons_per_unit: 28.0,
    dark_e: 0,
    full_well_e: Number.POSITIVE_INFINITY,
    black_counts: 0,
    read_noise_e: 2,
    counts_per_e: 1.5,
    max_count: 255,
  };
  const windows = fc.record({
    top: fc.integer({ min: -20, max: 20 }),
    left: fc.integer({ min: -20, max: 20 }),
    height: fc.integer({ min: 0, max: 50 }),
    width: fc.integer({ min: 0, max: 90 }),
  });
  // Tall enough for many bands: a band has 192 KB at 32 bytes a pixel, 61 rows of 100 pixels.
  const tallShapes = fc.record({
    nFrames: fc.integer({ min: 0, max: 19 }),
    height: fc.integer({ min: 0, max: 400 }),
    width: fc.integer({ min: 0, max: 100 }),
  });
  const tallWindows = fc.record({
    top: fc.integer({ min: -50, max: 50 }),
    left: fc.integer({ min: -20, max: 20 }),
    height: fc.integer({ min: 0, max: 420 }),
    width: fc.integer({ min: 0, max: 90 }),
  });
  const fieldKinds = fc.array(
    fc.constantFrom("fields", "modulate", "weighted", "scaled", "swinging"),
    {
      maxLength: 4,
    },
  );
  const targets = fc.constantFrom("light", "u8", "u16");

  test("has the bits of translate, fields and digitize one by one", () => {
    fc.assert(
      fc.property(
        shapes,
        windows,
        fieldKinds,
        targets,
        fc.boolean(),
        seeds,
        (shape, window, sequence, target, whole, seed) => {
          const arena = kernels.arena();
          const { nFrames } = shape;
          const out = { nFrames, height: window.height, width: window.width };
          const nPixels = out.height * out.width;
          const inPixels = nFrames * shape.height * shape.width;
          const source = arena.f32(inPixels).set(values(inPixels, seed, -0.5, 3));
          const shifts = values(2 * nFrames, seed + 1, -6, 6).map((s) =>
            whole ? Math.round(s) : s,
          );
          const operations = fieldOperations(arena, sequence, out, seed);
          const frameNumbers = arena
            .i32(nFrames)
            .set(Array.from({ length: nFrames }, (_, f) => 3 * f));
          const key = [seed, 77] as const;

          const light = arena.f32(nFrames * nPixels);
          kernels.translate(source, shape, light, window, shifts);
          for (const one of operations) applyVerb(arena, light, out, one);
          if (target === "light") {
            const fused = arena.f32(nFrames * nPixels);
            kernels.expose(source, shape, window, shifts, operations, fused);
            expect(differences(fused, light)).toBe(0);
          } else {
            const [fused, single] = [
              arena[target](nFrames * nPixels),
              arena[target](nFrames * nPixels),
            ];
            const digitization = { frameNumbers, key, response: sensor };
            kernels.digitize(light, nFrames, nPixels, digitization, single);
            kernels.expose(source, shape, window, shifts, operations, fused, digitization);
            expect(differences(fused, single)).toBe(0);
          }
          arena.release();
        },
      ),
      { numRuns: 200 },
    );
  });

  test("has the bits of compose and expose when both are one capture", () => {
    fc.assert(
      fc.property(
        tallShapes,
        tallWindows,
        kinds,
        fieldKinds,
        targets,
        fc.constantFrom(0, 3, 40, 1e12),
        seeds,
        (shape, window, sequence, fieldSequence, target, motion, seed) => {
          const arena = kernels.arena();
          const { nFrames, height, width } = shape;
          const out = { nFrames, height: window.height, width: window.width };
          const nPixels = nFrames * out.height * out.width;
          const shifts = values(2 * nFrames, seed + 1, -motion, motion);
          const operations = sequence.map((kind, i) => operation(arena, kind, shape, seed + 7 * i));
          const fields = fieldOperations(arena, fieldSequence, out, seed);
          const frameNumbers = arena
            .i32(nFrames)
            .set(Array.from({ length: nFrames }, (_, f) => 3 * f));
          const digitization = { frameNumbers, key: [seed, 77] as const, response: sensor };
          const [fused, single] =
            target === "light"
              ? [arena.f32(nPixels), arena.f32(nPixels)]
              : [arena[target](nPixels), arena[target](nPixels)];
          const digital = target === "light" ? undefined : digitization;

          const light = arena.f32(nFrames * height * width);
          kernels.compose(light, shape, operations, true);
          kernels.expose(light, shape, window, shifts, fields, single, digital);
          kernels.capture(shape, operations, window, shifts, fields, fused, digital);
          expect(differences(fused, single)).toBe(0);
          arena.release();
        },
      ),
      { numRuns: 300 },
    );
  });

  test("writes nothing beyond its frames", () => {
    const arena = kernels.arena();
    const shape = { nFrames: 1, height: 3, width: 7 };
    const window = { top: 0, left: 0, height: 3, width: 7 };
    const counts = arena.u8(64).set(new Uint8Array(64).fill(9));
    const frameNumbers = arena.i32(1);
    const digitization = { frameNumbers, key: [1, 2] as const, response: sensor };
    kernels.expose(arena.f32(21), shape, window, [0, 0], [], counts, digitization);
    expect(counts.view().subarray(21)).toEqual(new Uint8Array(43).fill(9));
    arena.release();
  });

  test("says what is wrong with its target", () => {
    const arena = kernels.arena();
    const shape = { nFrames: 1, height: 2, width: 2 };
    const window = { top: 0, left: 0, height: 2, width: 2 };
    const source = arena.f32(4);
    const digitization = { frameNumbers: arena.i32(1), key: [1, 2] as const, response: sensor };
    const expose = kernels.expose;
    expect(() => expose(source, shape, window, [0, 0], [], arena.u8(4))).toThrow("float32");
    expect(() => expose(source, shape, window, [0, 0], [], source, digitization)).toThrow("uint8");
    expect(() => expose(source, shape, window, [0, 0], [], arena.f32(3))).toThrow("target has 3");
    expect(() => expose(source, shape, window, [0], [], source)).toThrow("shifts has 1");
    arena.release();
  });
});
