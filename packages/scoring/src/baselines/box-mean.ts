// Means over squares, by sums over everything above and to the left: the cost does not depend on the square.
import type { Canvas } from "@minisim/footprint";

/** Writes into `target` the mean over the square of `radius` px around each pixel, cut at the image's edge. */
export type BoxMean = (image: Float64Array, radius: number, target: Float64Array) => void;

export function boxMean({ height, width }: Canvas): BoxMean {
  const stride = width + 1;
  const sums = new Float64Array((height + 1) * stride);
  return (image, radius, target) => {
    for (let y = 0; y < height; y++) {
      let line = 0;
      for (let x = 0; x < width; x++) {
        line += image[y * width + x]!;
        sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + line;
      }
    }
    for (let y = 0; y < height; y++) {
      const upper = Math.max(y - radius, 0);
      const lower = Math.min(y + radius + 1, height);
      for (let x = 0; x < width; x++) {
        const left = Math.max(x - radius, 0);
        const right = Math.min(x + radius + 1, width);
        const total =
          sums[lower * stride + right]! -
          sums[upper * stride + right]! -
          sums[lower * stride + left]! +
          sums[upper * stride + left]!;
        target[y * width + x] = total / ((lower - upper) * (right - left));
      }
    }
  };
}
