// Weights are kept for 64 frames at a time. Frames asked for in any order, across the borders between, have the same bytes.
import { denseSeries, type Instruction, modulate, type Weights } from "@minisim/pipeline";
import { render } from "@minisim/render";
import { describe, expect, test } from "vitest";
import { weightReader } from "../src/weights.ts";
import { CANVAS, fieldOf, programOf } from "./programs.ts";

// Two borders, at 64 and 128, and a last stretch that is not full.
const FRAMES = 130;
const forwards = [...Array(FRAMES).keys()];
const backwards = forwards.toReversed();
// 37 and 130 have no common factor: every frame once.
const shuffled = forwards.map((i) => (i * 37 + 11) % FRAMES);
const aroundBorders = [64, 63, 128, 0, 127, 129, 63, 64, 3, 100, 3];

const fields = {
  count: 2,
  ...CANVAS,
  data: new Float64Array([
    ...fieldOf(CANVAS, (row, col) => row + col),
    ...fieldOf(CANVAS, (row) => 1 + row),
  ]),
};

const lit = (weights: Weights) => (): Instruction => ({
  verb: "accumulate",
  components: fields,
  weights,
});
const program = (...all: readonly Weights[]) =>
  programOf(
    all.map((weights, i) => ({ kind: `light_${i}`, make: lit(weights) })),
    2,
    FRAMES,
  );

const first = (k: number, t: number) => (k + 1) * (t + 1);
const second = (k: number, t: number) => 1 + ((t * 7 + k) % 5);
const rows = (value: (k: number, t: number) => number) =>
  Float64Array.from({ length: 2 * FRAMES }, (_, i) => value(Math.floor(i / FRAMES), i % FRAMES));
// One factor as an array, the other as a series that is read.
const product: Weights = { per_frame: [rows(first), denseSeries(rows(second), FRAMES)] };

describe("what is gathered", () => {
  test.each([
    ["forwards", forwards],
    ["backwards", backwards],
    ["in another order", shuffled],
    ["back and forth across the borders, with repeats", aroundBorders],
  ])("%s is the product of the factors, component × frame", (_, frames) => {
    const read = weightReader(program(product));
    for (const n of [1, 5, frames.length]) {
      for (let i = 0; i < frames.length; i += n) {
        const block = frames.slice(i, i + n);
        expect(read(block)).toEqual([
          Float64Array.from([0, 1].flatMap((k) => block.map((t) => first(k, t) * second(k, t)))),
        ]);
      }
    }
  });

  test("of a constant, is the constant in every frame", () => {
    const read = weightReader(program({ constant: Float64Array.of(3, 5) }));
    expect(read([129, 0, 64])).toEqual([Float64Array.of(3, 3, 3, 5, 5, 5)]);
    expect(read([1])).toEqual([Float64Array.of(3, 5)]);
  });

  test("stands at the number of its instruction; others have none", () => {
    const dark = { kind: "a_dark", make: () => modulate(fieldOf(CANVAS, () => 0)) };
    const light = { kind: "b_light", make: lit(product) };
    expect(weightReader(programOf([dark, light], 2, FRAMES))([0])).toEqual([
      undefined,
      Float64Array.of(first(0, 0) * second(0, 0), first(1, 0) * second(1, 0)),
    ]);
  });

  test("reads a stretch once, while its frames are asked for", () => {
    const asked: number[] = [];
    const counted = {
      ...denseSeries(rows(first), FRAMES),
      read: (row: number, start: number, end: number) => {
        if (row === 0) asked.push(start, end);
      },
    };
    const read = weightReader(program({ per_frame: [counted] }));
    for (const t of [0, 1, 63]) read([t]);
    expect(asked).toEqual([0, 64]);
    read([129, 128]);
    expect(asked).toEqual([0, 64, 128, 130]);
  });
});

describe.each(["wasm", "reference"] as const)("a movie of the %s backend", (backend) => {
  const moving = program(product);

  /** Bytes of each frame asked for. */
  async function framesOf(frames: readonly number[], blockFrames: number) {
    const found: Float32Array[] = [];
    for await (const { data, frames: block } of render(moving, { frames, blockFrames, backend })) {
      const pixels = data.length / block.length;
      for (let f = 0; f < block.length; f++) {
        found.push(Float32Array.from(data.subarray(f * pixels, (f + 1) * pixels)));
      }
    }
    return found;
  }

  test("has the same frames forwards, backwards and in another order", async () => {
    const whole = await framesOf(forwards, FRAMES);
    for (const order of [backwards, shuffled, aroundBorders]) {
      for (const blockFrames of [1, 7, 64]) {
        expect(await framesOf(order, blockFrames)).toEqual(order.map((t) => whole[t]));
      }
    }
  });
});
