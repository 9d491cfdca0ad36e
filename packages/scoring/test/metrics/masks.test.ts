// Masks, and the traces read through them.
import { FootprintStack } from "@minisim/footprint";
import { energyMask, footprintMask, footprintRoiTrace, streamRoiTrace } from "@minisim/scoring";
import { describe, expect, test } from "vitest";
import { block } from "./support.ts";

const canvas = { height: 3, width: 4 };
const ramp = { row: 1, col: 1, height: 2, width: 2, data: Float32Array.of(1, 2, 3, 4) };
const dark = block(0, 0, 0, 0);
const stack = FootprintStack.from([ramp, dark, block(0, 0, 2, 5 - 1)], canvas);

describe("by peak", () => {
  test("takes what is brighter than the fraction, not as bright", () => {
    expect(footprintMask(stack, 0, 0.5).pixels).toEqual(Int32Array.of(9, 10));
    expect(footprintMask(stack, 0).pixels).toEqual(Int32Array.of(5, 6, 9, 10));
    expect(footprintMask(stack, 0, 1).pixels).toHaveLength(0);
    expect(footprintMask(stack, 0).canvas).toEqual(canvas);
  });

  test("of a dark footprint is empty", () => {
    expect(footprintMask(stack, 1).pixels).toHaveLength(0);
  });
});

describe("by light", () => {
  test("takes the fewest brightest pixels", () => {
    expect(energyMask(stack, 0, 0.4).pixels).toEqual(Int32Array.of(10));
    expect(energyMask(stack, 0, 0.5).pixels).toEqual(Int32Array.of(9, 10));
    expect(energyMask(stack, 0, 0.7).pixels).toEqual(Int32Array.of(9, 10));
    expect(energyMask(stack, 0, 1).pixels).toEqual(Int32Array.of(5, 6, 9, 10));
    expect(energyMask(stack, 1).pixels).toHaveLength(0);
  });

  test("of a flat footprint, the first pixels, as many as needed, whatever its level", () => {
    expect(energyMask(stack, 2, 0.75).pixels).toEqual(Int32Array.of(0, 1, 2, 3, 4, 5));
    const faint = {
      canvas,
      length: 1,
      at: () => ({ ...block(0, 0, 2, 4), data: new Array(8).fill(0.7) }),
    };
    // Four times 0.7 adds up to a rounding less than half of eight times 0.7.
    expect(energyMask(faint, 0, 0.5).pixels).toEqual(Int32Array.of(0, 1, 2, 3));
  });
});

test("indices and fractions out of range are refused", () => {
  expect(() => footprintMask(stack, 3)).toThrow("Of 3 footprints there is none at 3.");
  expect(() => energyMask(stack, -1)).toThrow("Of 3 footprints there is none at -1.");
  expect(() => footprintMask(stack, 0, -0.1)).toThrow("0 to 1, not -0.1.");
  expect(() => energyMask(stack, 0, NaN)).toThrow("above 0 and at most 1, not NaN.");
});

describe("the trace through a mask", () => {
  const movie = Float64Array.from(
    { length: 5 * 12 },
    (_, k) => Math.floor(k / 12) * 100 + (k % 12),
  );
  const mask = footprintMask(stack, 0, 0.5);

  test("is the mean of its pixels in each frame", () => {
    // Pixels 9 and 10.
    expect([...footprintRoiTrace({ data: movie }, mask)]).toEqual([
      9.5, 109.5, 209.5, 309.5, 409.5,
    ]);
  });

  test("is the same read block by block", async () => {
    const blocks = [movie.subarray(0, 24), movie.subarray(24, 36), movie.subarray(36)];
    async function* read() {
      for (const data of blocks) yield { data };
    }
    const whole = footprintRoiTrace({ data: movie }, mask);
    expect(await streamRoiTrace(read(), mask)).toEqual(whole);
    expect(await streamRoiTrace([], mask)).toEqual(new Float64Array(0));
  });

  test("is 0 for an empty mask, and NaN where the movie is", () => {
    expect(footprintRoiTrace({ data: movie }, footprintMask(stack, 1))).toEqual(
      new Float64Array(5),
    );
    const broken = movie.slice();
    broken[12 + 9] = NaN;
    expect([...footprintRoiTrace({ data: broken }, mask)]).toEqual([9.5, NaN, 209.5, 309.5, 409.5]);
  });

  test("wants whole frames", () => {
    expect(() => footprintRoiTrace({ data: movie.subarray(1) }, mask)).toThrow(
      "59 values are no whole number of 3 × 4 frames.",
    );
  });
});
