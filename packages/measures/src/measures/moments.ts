// Mean and variance over time of every pixel.
import type { Frame, Size } from "../frame.ts";

export interface Moments {
  /** Mean over time, row-major, counts. */
  readonly mean: Float64Array;
  /** Variance over time (divided by the number of frames), counts². */
  readonly variance: Float64Array;
  /** Mean over time less the first frame. */
  readonly meanChange: Float64Array;
}

export function collectMoments({ height, width }: Size) {
  const first = new Float64Array(height * width);
  const sum = new Float64Array(height * width);
  const squares = new Float64Array(height * width);
  let frames = 0;
  return {
    add({ index, pixels, change }: Frame) {
      if (index === 0) first.set(pixels);
      frames++;
      for (let i = 0; i < change.length; i++) {
        const d = change[i]!;
        sum[i]! += d;
        squares[i]! += d * d;
      }
    },
    result(): Moments {
      const meanChange = sum.map((value) => value / frames);
      // One sum, one division: pixels of equal counts have equal means, and those of counts are NumPy's to the last bit.
      const mean = first.map((value, i) => (frames * value + sum[i]!) / frames);
      const variance = squares.map((value, i) => Math.max(0, value / frames - meanChange[i]! ** 2));
      return { mean, variance, meanChange };
    },
  };
}
