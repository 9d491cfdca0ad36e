// Who makes the variance of a pixel over time: background, noise, or what is local, as cells are.
import type { Frame, Size } from "../frame.ts";
import { type Quantiles, quantilesOf } from "../median.ts";
import type { Sites } from "../sites.ts";
import type { Moments } from "./moments.ts";
import { ringMeanOf } from "./ring.ts";

export interface VarianceShares {
  /** Share of the summed variance that a pixel has in common with the ring around it. */
  readonly background: number;
  /** Share of the noise of single pixels. */
  readonly noise: number;
  /** The rest: cells, and any background that is finer than the ring. */
  readonly local: number;
  /** Squared correlation over time of a pixel with its ring, over pixels. */
  readonly ring_r2: Quantiles;
  /** Standard deviation over time of a pixel over its mean, over pixels. */
  readonly temporal_sd_over_level: Quantiles;
}

/** Radii of the ring, in radii of a cell. */
const RING = { inner: 2.5, outer: 4 } as const;

/**
 * Shares of the variance over time, summed over pixels further than 2 cell radii from the edge. background: squared correlation r² of a pixel with
 * the mean of the ring at 2.5 to 4 cell radii, less the 1 / (frames − 1) that chance gives, times its variance. noise: see pixel-noise, at most the
 * variance. local: the rest. Null where the field has no pixel so far from its edges. Neither a model nor the truth is needed.
 */
export function collectVarianceShares(size: Size, frames: number, cellRadiusPx: number) {
  const ringMean = ringMeanOf(size, RING.inner * cellRadiusPx, RING.outer * cellRadiusPx);
  const ring = new Float64Array(size.height * size.width);
  const sum = new Float64Array(ring.length);
  const squares = new Float64Array(ring.length);
  const products = new Float64Array(ring.length);
  return {
    add({ change }: Frame) {
      ringMean(change, ring);
      for (let i = 0; i < ring.length; i++) {
        const g = ring[i]!;
        sum[i]! += g;
        squares[i]! += g * g;
        products[i]! += g * change[i]!;
      }
    },
    result(moments: Moments, noise: Float64Array, sites: Sites): VarianceShares | null {
      const { mean, variance, meanChange } = moments;
      const inside = pixelsInside(size, Math.floor(2 * cellRadiusPx));
      if (inside.length === 0) return null;
      const chance = 1 / (frames - 1);
      const r2 = Float64Array.from(inside, (i) => {
        const ringMeanChange = sum[i]! / frames;
        const ringVariance = Math.max(0, squares[i]! / frames - ringMeanChange ** 2);
        const covariance = products[i]! / frames - ringMeanChange * meanChange[i]!;
        const squared = covariance ** 2 / Math.max(variance[i]! * ringVariance, 1e-9);
        return Math.min(1, Math.max(0, (squared - chance) / (1 - chance)));
      });
      let [total, shared, sampled, noisy] = [0, 0, 0, 0];
      for (let k = 0; k < inside.length; k++) {
        const i = inside[k]!;
        total += variance[i]!;
        shared += r2[k]! * variance[i]!;
        const site = sites.numbers[i]!;
        if (site < 0) continue;
        sampled += variance[i]!;
        noisy += Math.min(noise[site]!, variance[i]!);
      }
      const background = shared / total;
      const noiseShare = noisy / sampled;
      return {
        background,
        noise: noiseShare,
        local: 1 - background - noiseShare,
        ring_r2: quantilesOf(r2),
        temporal_sd_over_level: quantilesOf(
          Float64Array.from(inside, (i) => Math.sqrt(variance[i]!) / Math.max(mean[i]!, 1e-3)),
        ),
      };
    },
  };
}

function pixelsInside({ height, width }: Size, margin: number): Int32Array {
  const pixels: number[] = [];
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin; x < width - margin; x++) pixels.push(y * width + x);
  }
  return Int32Array.from(pixels);
}
