// Who makes the variance of a pixel over time: background, noise, or what is local, as cells are.
import type { Frame, Size } from "../frame.ts";
import { type Quantiles, quantilesOf } from "../median.ts";
import type { Sites } from "../sites.ts";
import type { Moments } from "./moments.ts";
import { ringMeansOf } from "./ring.ts";

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
 * Shares of the variance over time, summed over the sites further than 2 cell radii from the edge. background: squared correlation r² of a pixel with
 * the mean of the ring at 2.5 to 4 cell radii, less the 1 / (frames − 1) that chance gives, times its variance. noise: see pixel-noise, at most the
 * variance. local: the rest. Null where no site is so far from the edges, or none varies. Neither a model nor the truth is needed.
 */
export function collectVarianceShares(
  size: Size,
  frames: number,
  sites: Sites,
  cellRadiusPx: number,
) {
  const inside = sites.pixels.filter(isInside(size, Math.floor(2 * cellRadiusPx)));
  const ringMeans = ringMeansOf(size, inside, {
    innerPx: RING.inner * cellRadiusPx,
    outerPx: RING.outer * cellRadiusPx,
  });
  const ring = new Float64Array(inside.length);
  const sum = new Float64Array(inside.length);
  const squares = new Float64Array(inside.length);
  const products = new Float64Array(inside.length);
  const correlationSquared = ({ variance, meanChange }: Moments, k: number) => {
    const i = inside[k]!;
    const ringMean = sum[k]! / frames;
    const ringVariance = Math.max(0, squares[k]! / frames - ringMean ** 2);
    const covariance = products[k]! / frames - ringMean * meanChange[i]!;
    const squared = covariance ** 2 / Math.max(variance[i]! * ringVariance, 1e-9);
    const chance = 1 / (frames - 1);
    return Math.min(1, Math.max(0, (squared - chance) / (1 - chance)));
  };
  return {
    add({ change }: Frame) {
      ringMeans(change, ring);
      for (let k = 0; k < inside.length; k++) {
        const g = ring[k]!;
        sum[k]! += g;
        squares[k]! += g * g;
        products[k]! += g * change[inside[k]!]!;
      }
    },
    result(moments: Moments, noise: Float64Array): VarianceShares | null {
      if (inside.length === 0) return null;
      const { mean, variance } = moments;
      const r2 = Float64Array.from(inside, (_, k) => correlationSquared(moments, k));
      let [total, shared, noisy] = [0, 0, 0];
      for (let k = 0; k < inside.length; k++) {
        const i = inside[k]!;
        total += variance[i]!;
        shared += r2[k]! * variance[i]!;
        noisy += Math.min(noise[sites.numbers[i]!]!, variance[i]!);
      }
      if (total === 0) return null;
      const level = (i: number) => Math.sqrt(variance[i]!) / Math.max(mean[i]!, 1e-3);
      return {
        background: shared / total,
        noise: noisy / total,
        local: 1 - (shared + noisy) / total,
        ring_r2: quantilesOf(r2),
        temporal_sd_over_level: quantilesOf(Float64Array.from(inside, level)),
      };
    },
  };
}

function isInside({ height, width }: Size, margin: number) {
  return (place: number): boolean => {
    const y = Math.floor(place / width);
    const x = place - y * width;
    return y >= margin && x >= margin && y < height - margin && x < width - margin;
  };
}
