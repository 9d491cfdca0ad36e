// Gaussian smoothing as SciPy's gaussian_filter does it: cut at 4 sd, edges mirrored with the edge pixel repeated.
import { exp } from "@minisim/kernels/math";
import type { Size } from "./frame.ts";

/** Weights at −r … r, r = ⌊4 sd + 0.5⌋; their sum is 1. */
export function gaussianWeights(sd: number): Float64Array {
  const radius = Math.floor(4 * sd + 0.5);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => {
    const z = (i - radius) / sd;
    return exp(-0.5 * z * z);
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** Mirrors an index into 0 … length − 1; the edge is repeated: d c b a | a b c d | d c b a. */
export function mirrored(index: number, length: number): number {
  const period = 2 * length;
  const wrapped = ((index % period) + period) % period;
  return wrapped < length ? wrapped : period - 1 - wrapped;
}

export function smoothed(image: Float64Array, { height, width }: Size, sd: number): Float64Array {
  const weights = gaussianWeights(sd);
  const down = along(image, weights, { lines: width, apart: 1, length: height, step: width });
  return along(down, weights, { lines: height, apart: width, length: width, step: 1 });
}

interface Lines {
  readonly lines: number;
  readonly apart: number;
  readonly length: number;
  readonly step: number;
}

function along(image: Float64Array, weights: Float64Array, axis: Lines): Float64Array {
  const { lines, apart, length, step } = axis;
  const radius = weights.length >> 1;
  const result = new Float64Array(image.length);
  const padded = new Float64Array(length + 2 * radius);
  for (let line = 0; line < lines; line++) {
    const start = line * apart;
    for (let i = 0; i < padded.length; i++) {
      padded[i] = image[start + mirrored(i - radius, length) * step]!;
    }
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * padded[i + k]!;
      result[start + i * step] = sum;
    }
  }
  return result;
}
