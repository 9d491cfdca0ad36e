// Means over a recording that may be long: of the frames of evenly spaced stretches.
import { type Accumulate, countOf, type Weights } from "./program.ts";

/** Frames [start, end). */
export type Stretch = readonly [start: number, end: number];

const STRETCH_FRAMES = 64;
const MOST_STRETCHES = 64;

/** All frames, or 64 evenly spaced stretches of 64 frames of a longer recording. */
export function stretchesOf(frames: number): readonly Stretch[] {
  if (frames <= STRETCH_FRAMES * MOST_STRETCHES) return [[0, frames]];
  return Array.from({ length: MOST_STRETCHES }, (_, i) => {
    const start = Math.floor((i * (frames - STRETCH_FRAMES)) / (MOST_STRETCHES - 1));
    return [start, start + STRETCH_FRAMES] as const;
  });
}

/** Over the frames of the stretches; 0 without any. */
export function meanOf(values: Float64Array, stretches: readonly Stretch[]): number {
  let sum = 0;
  let count = 0;
  for (const [start, end] of stretches) {
    for (let t = start; t < end; t++) sum += values[t]!;
    count += end - start;
  }
  return count > 0 ? sum / count : 0;
}

/** Mean weight of each component of an accumulate. */
export function meanWeights(
  { components, weights }: Accumulate,
  stretches: readonly Stretch[],
  frames: number,
): Float64Array {
  if ("constant" in weights) return weights.constant;
  const longest = Math.max(0, ...stretches.map(([start, end]) => end - start));
  const product = new Float64Array(longest);
  const factor = new Float64Array(longest);
  return Float64Array.from({ length: countOf(components) }, (_, k) => {
    let sum = 0;
    let count = 0;
    for (const [start, end] of stretches) {
      const length = end - start;
      product.fill(weights.scale ?? 1, 0, length);
      for (const one of weights.per_frame) {
        read(one, k, start, end, frames, factor);
        for (let i = 0; i < length; i++) product[i]! *= factor[i]!;
      }
      for (let i = 0; i < length; i++) sum += product[i]!;
      count += length;
    }
    return count > 0 ? sum / count : 0;
  });
}

type PerFrame = Extract<Weights, { readonly per_frame: unknown }>["per_frame"][number];

function read(
  weights: PerFrame,
  row: number,
  start: number,
  end: number,
  frames: number,
  target: Float64Array,
): void {
  if (weights instanceof Float64Array) {
    target.set(weights.subarray(row * frames + start, row * frames + end));
  } else weights.read(row, start, end, target, 0);
}
