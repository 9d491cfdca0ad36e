// Stripes and the fixed pattern of a sensor.
import type { Size } from "../frame.ts";
import { medianInPlace } from "../median.ts";
import type { OffsetSpread } from "./row-offsets.ts";

export interface PatternNoise {
  /** Standard deviation over time of the offsets of rows, counts. */
  readonly row_sd: number;
  /** Standard deviation over rows of their mean offsets, counts. */
  readonly row_fixed_sd: number;
  readonly column_sd: number;
  readonly column_fixed_sd: number;
  /** What pixel noise alone gives for row_sd: pixel_noise_sd / √width, counts. */
  readonly white_row_sd: number;
  /** Root of the median noise variance of a pixel, row offsets removed, counts. */
  readonly pixel_noise_sd: number;
  /** Robust standard deviation of the fixed pattern of pixels, less what temporal noise leaves in the mean, counts. */
  readonly fixed_pattern_sd: number;
  /** Median over the mean image, counts. */
  readonly level: number;
  /** Share of pixels that stand out of the fixed pattern by more than 8 robust sd. Edges of vessels can count. */
  readonly hot_share: number;
  readonly row_sd_over_level: number;
  readonly fixed_pattern_sd_over_level: number;
}

export interface PatternParts {
  readonly mean: Float64Array;
  readonly size: Size;
  readonly frames: number;
  /** Of the sites, row offsets removed, counts². */
  readonly noise: Float64Array;
  readonly rows: OffsetSpread;
  readonly columns: OffsetSpread;
}

/**
 * Offsets of lines: see row-offsets. The fixed pattern: 1.4826 MAD of the mean image through the mask [1 −2 1]ᵀ [1 −2 1] / 6, which has unit
 * gain for white noise and does not see slopes, less in quadrature pixel_noise_sd / √frames. Two pixels at the edges are left out.
 */
export function patternNoise({
  mean,
  size,
  frames,
  noise,
  rows,
  columns,
}: PatternParts): PatternNoise {
  const pixelVariance = medianInPlace(noise.slice());
  const pattern = throughMask(mean, size);
  const middle = medianInPlace(pattern.slice());
  const sd = 1.4826 * medianInPlace(pattern.map((value) => Math.abs(value - middle)));
  const fixed = Math.sqrt(Math.max(0, sd ** 2 - pixelVariance / frames));
  const level = medianInPlace(mean.slice());
  const hot = pattern.filter((value) => value > 8 * Math.max(sd, 1e-6)).length;
  return {
    row_sd: rows.sd,
    row_fixed_sd: rows.fixedSd,
    column_sd: columns.sd,
    column_fixed_sd: columns.fixedSd,
    white_row_sd: Math.sqrt(pixelVariance / size.width),
    pixel_noise_sd: Math.sqrt(pixelVariance),
    fixed_pattern_sd: fixed,
    level,
    hot_share: hot / pattern.length,
    row_sd_over_level: rows.sd / level,
    fixed_pattern_sd_over_level: fixed / level,
  };
}

function throughMask(image: Float64Array, { height, width }: Size): Float64Array {
  const result = new Float64Array((height - 4) * (width - 4));
  const across = (i: number) => image[i - 1]! - 2 * image[i]! + image[i + 1]!;
  for (let y = 2, k = 0; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++, k++) {
      const i = y * width + x;
      result[k] = (across(i - width) - 2 * across(i) + across(i + width)) / 6;
    }
  }
  return result;
}
