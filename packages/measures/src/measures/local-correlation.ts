// The correlation of a pixel with its neighbours: the correlation image of CNMF-E.
import type { Frame, Size } from "../frame.ts";
import type { Moments } from "./moments.ts";

/** Half of the eight neighbours: each pair counts for both of its pixels. */
const HALF = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;

/** Mean Pearson correlation over time of each pixel with its neighbours inside the field, eight or fewer. An image, without unit. */
export function collectLocalCorrelation(size: Size, frames: number) {
  const { height, width } = size;
  const products = HALF.map(() => new Float64Array(height * width));
  return {
    add({ change }: Frame) {
      for (const [k, [dy, dx]] of HALF.entries()) {
        const sums = products[k]!;
        forPairs(size, dy, dx, (i, j) => {
          sums[i]! += change[i]! * change[j]!;
        });
      }
    },
    result({ variance, meanChange }: Moments): Float64Array {
      const sd = variance.map((value) => Math.max(Math.sqrt(value), 1e-9));
      const sums = new Float64Array(height * width);
      const counts = new Float64Array(height * width);
      for (const [k, [dy, dx]] of HALF.entries()) {
        forPairs(size, dy, dx, (i, j) => {
          const covariance = products[k]![i]! / frames - meanChange[i]! * meanChange[j]!;
          const r = covariance / (sd[i]! * sd[j]!);
          for (const place of [i, j]) {
            sums[place]! += r;
            counts[place]! += 1;
          }
        });
      }
      return sums.map((sum, i) => sum / counts[i]!);
    },
  };
}

/** Calls `visit` for each pixel and the one (dy, dx) from it, where both are in the field. */
function forPairs(
  { height, width }: Size,
  dy: number,
  dx: number,
  visit: (i: number, j: number) => void,
): void {
  for (let y = 0; y < height - dy; y++) {
    for (let x = Math.max(0, -dx); x < width - Math.max(0, dx); x++) {
      const i = y * width + x;
      visit(i, i + dy * width + dx);
    }
  }
}
