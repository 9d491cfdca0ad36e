// Poisson counts of any mean, by inversion in chunks.
import { exp } from "@minisim/kernels/math";

// One inversion never covers more than this mean, so that e^-mean keeps full precision and the search stays short.
const CHUNK_MEAN = 16;

// Below half an ulp of 1 a probability can no longer move the cumulative sum.
const NEGLIGIBLE = 2 ** -54;

/**
 * A Poisson count. A sum of independent Poisson counts is Poisson with the summed mean, so a large mean is drawn in
 * chunks: exact in law, one uniform per chunk of 16, time linear in the mean.
 */
export function poissonCount(uniform: () => number, mean: number): number {
  let count = 0;
  let rest = mean;
  for (; rest > CHUNK_MEAN; rest -= CHUNK_MEAN) count += invert(uniform(), CHUNK_MEAN);
  return count + invert(uniform(), rest);
}

/** Smallest k with P(K ≤ k) > u, by summing P(k) = P(k−1)·mean/k from k = 0. */
function invert(u: number, mean: number): number {
  let k = 0;
  let probability = exp(-mean);
  let left = u;
  while (left >= probability && (k < mean || probability > NEGLIGIBLE)) {
    left -= probability;
    k += 1;
    probability *= mean / k;
  }
  return k;
}
