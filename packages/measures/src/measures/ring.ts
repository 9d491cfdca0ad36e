// The mean over a ring around a pixel.
import type { Size } from "../frame.ts";

/**
 * For each of `places` in a frame the mean over the pixels of the field at distance inner … outer px: the ring of CNMF-E with equal weights.
 * Source: Zhou et al. 2018, eLife 7:e28728, doi:10.7554/eLife.28728.
 */
export function ringMeansOf(
  size: Size,
  places: Int32Array,
  { innerPx, outerPx }: { readonly innerPx: number; readonly outerPx: number },
) {
  const { height, width } = size;
  const runs = runsOf(innerPx, outerPx);
  const prefix = new Float64Array(height * (width + 1));
  const reach = Math.ceil(outerPx);
  // Of a whole ring: where each run begins and ends in the sums, as seen from its centre.
  const begins = Int32Array.from(runs, ({ dy, from }) => dy * (width + 1) + from);
  const ends = Int32Array.from(runs, ({ dy, to }) => dy * (width + 1) + to + 1);
  const whole = (centre: number) => {
    let sum = 0;
    for (let k = 0; k < begins.length; k++) {
      sum += prefix[centre + ends[k]!]! - prefix[centre + begins[k]!]!;
    }
    return sum;
  };
  const sumsInto = (frame: Float64Array | null, result: Float64Array) => {
    prefixSums(frame, size, prefix);
    for (let i = 0; i < places.length; i++) {
      const y = Math.floor(places[i]! / width);
      const x = places[i]! - y * width;
      const isWhole = y >= reach && x >= reach && y < height - reach && x < width - reach;
      result[i] = isWhole ? whole(y * (width + 1) + x) : clippedSum(prefix, size, runs, y, x);
    }
  };
  const counts = new Float64Array(places.length);
  sumsInto(null, counts);
  return (frame: Float64Array, result: Float64Array): void => {
    sumsInto(frame, result);
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

function clippedSum(
  prefix: Float64Array,
  { height, width }: Size,
  runs: readonly Run[],
  y: number,
  x: number,
): number {
  let sum = 0;
  for (const { dy, from, to } of runs) {
    if (y + dy < 0 || y + dy >= height) continue;
    const row = (y + dy) * (width + 1);
    const a = Math.min(width, Math.max(0, x + from));
    const b = Math.min(width, Math.max(a, x + to + 1));
    sum += prefix[row + b]! - prefix[row + a]!;
  }
  return sum;
}
