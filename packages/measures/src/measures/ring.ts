// The mean over a ring around every pixel.
import type { Size } from "../frame.ts";

/**
 * For every pixel of a frame the mean over the pixels of the field at distance inner … outer px: the ring of CNMF-E with equal weights.
 * Source: Zhou et al. 2018, eLife 7:e28728, doi:10.7554/eLife.28728.
 */
export function ringMeanOf({ height, width }: Size, innerPx: number, outerPx: number) {
  const runs = runsOf(innerPx, outerPx);
  const counts = new Float64Array(height * width);
  const prefix = new Float64Array(height * (width + 1));
  const sumInto = (frame: Float64Array | null, result: Float64Array) => {
    prefixSums(frame, { height, width }, prefix);
    result.fill(0);
    for (const run of runs) addRun(prefix, { height, width }, run, result);
  };
  sumInto(null, counts);
  return (frame: Float64Array, result: Float64Array): void => {
    sumInto(frame, result);
    for (let i = 0; i < result.length; i++) result[i]! /= counts[i]!;
  };
}

/** Pixels from … to (inclusive) of the row dy below. */
interface Run {
  readonly dy: number;
  readonly from: number;
  readonly to: number;
}

function runsOf(inner: number, outer: number): Run[] {
  const reach = Math.ceil(outer);
  const runs: Run[] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    let from: number | undefined;
    for (let x = -reach; x <= reach + 1; x++) {
      const distance = Math.sqrt(x * x + dy * dy);
      const inRing = x <= reach && distance >= inner && distance <= outer;
      if (inRing) from ??= x;
      else if (from !== undefined) {
        runs.push({ dy, from, to: x - 1 });
        from = undefined;
      }
    }
  }
  return runs;
}

/** Row by row the sums of the pixels before each place; of ones for no frame. */
function prefixSums(frame: Float64Array | null, { height, width }: Size, prefix: Float64Array) {
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0; x < width; x++) {
      prefix[y * (width + 1) + x] = sum;
      sum += frame === null ? 1 : frame[y * width + x]!;
    }
    prefix[y * (width + 1) + width] = sum;
  }
}

function addRun(prefix: Float64Array, size: Size, { dy, from, to }: Run, result: Float64Array) {
  const { height, width } = size;
  for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
    const row = (y + dy) * (width + 1);
    const place = y * width;
    // Where the whole run lies inside the row, no bound is checked.
    const inner0 = Math.min(width, Math.max(0, -from));
    const inner1 = Math.max(inner0, Math.min(width, width - to));
    for (let x = inner0; x < inner1; x++) {
      result[place + x]! += prefix[row + x + to + 1]! - prefix[row + x + from]!;
    }
    const clipped = (x: number) => {
      const a = Math.min(width, Math.max(0, x + from));
      const b = Math.min(width, Math.max(a, x + to + 1));
      result[place + x]! += prefix[row + b]! - prefix[row + a]!;
    };
    for (let x = 0; x < inner0; x++) clipped(x);
    for (let x = inner1; x < width; x++) clipped(x);
  }
}
