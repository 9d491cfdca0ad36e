// Footprints for tests: float64 images as they are, and random float32 stacks.
import { type Canvas, type Footprint, FootprintStack } from "@minisim/footprint";
import { type Footprints, footprintSimilarity } from "@minisim/scoring";
import fc from "fast-check";

/** Images as footprints, in float64: what the oracle was computed on. */
export function images(stack: readonly (readonly (readonly number[])[])[]): Footprints {
  const canvas = { height: stack[0]!.length, width: stack[0]![0]!.length };
  return {
    canvas,
    length: stack.length,
    at: (index) => ({ row: 0, col: 0, ...canvas, data: stack[index]!.flat() }),
  };
}

/** Every similarity, the zeros too, row by row. */
export function allSimilarities(...pairing: Parameters<typeof footprintSimilarity>): number[][] {
  const { shape, starts, truths, values } = footprintSimilarity(...pairing);
  const rows = Array.from({ length: shape[0] }, () => new Array<number>(shape[1]).fill(0));
  for (let i = 0; i < shape[0]; i++)
    for (let k = starts[i]!; k < starts[i + 1]!; k++) rows[i]![truths[k]!] = values[k]!;
  return rows;
}

/** A footprint of weights 1/64 … 1 somewhere at least `margin` px inside the canvas; a few are dark. */
export function footprintOn(canvas: Canvas, margin = 0): fc.Arbitrary<Footprint> {
  const side = fc.integer({ min: 0, max: 6 });
  return fc.tuple(side, side, fc.nat(), fc.nat()).chain(([height, width, top, left]) => {
    const size = height * width;
    const weight = fc.integer({ min: -8, max: 64 }).map((value) => Math.max(value, 0) / 64);
    return fc.array(weight, { minLength: size, maxLength: size }).map((weights) => ({
      row: margin + (top % (canvas.height - height - 2 * margin + 1)),
      col: margin + (left % (canvas.width - width - 2 * margin + 1)),
      height,
      width,
      data: Float32Array.from(weights),
    }));
  });
}

export function stackOn(canvas: Canvas, margin = 0): fc.Arbitrary<FootprintStack> {
  return fc
    .array(footprintOn(canvas, margin), { maxLength: 7 })
    .map((footprints) => FootprintStack.from(footprints, canvas));
}

/** The same footprints with other weights. */
export function reweighted(
  stack: FootprintStack,
  change: (weight: number, footprint: number) => number,
): FootprintStack {
  return FootprintStack.from(
    Array.from({ length: stack.length }, (_, i) => ({
      ...stack.at(i),
      data: stack.at(i).data.map((weight) => change(weight, i)),
    })),
    stack.canvas,
  );
}

/** A flat rectangle of light. */
export const block = (row: number, col: number, height: number, width: number): Footprint => ({
  row,
  col,
  height,
  width,
  data: new Float32Array(height * width).fill(1),
});

/** mulberry32: the same numbers, uniform in [0, 1), on every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
