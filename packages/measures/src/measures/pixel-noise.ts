// The noise of single pixels: what is white in time and between neighbours.
import type { Size } from "../frame.ts";
import { medianInPlace } from "../median.ts";
import { type Sites, Traces } from "../sites.ts";

/** The variance of e = pixel − mean of its four neighbours, over that of the pixel, for white noise: 1 + 4 / 16. */
const MASK_GAIN = 1.25;
/** The standard deviation of a Gaussian over its median absolute deviation. */
const SD_PER_MAD = 1.4826;

/**
 * Variance of the noise of each site, counts². e = pixel − mean of its four neighbours (edges repeated), de = its first difference in
 * time, variance = (1.4826 MAD(de))² / (2 · 1.25). Where the movie holds whole numbers the MAD is coarse, and the second moment of de, clipped
 * at 4 sd of that first guess, takes its place. It is low where a movie was resampled or compressed.
 */
export function collectPixelNoise(size: Size, frames: number, sites: Sites, isCounts: boolean) {
  const traces = new Traces(sites.pixels.length, frames);
  return {
    /** A frame, with or without the offsets of its rows. */
    add(index: number, pixels: Float64Array) {
      for (let site = 0; site < sites.pixels.length; site++) {
        traces.set(site, index, againstFour(pixels, size, sites.pixels[site]!));
      }
    },
    result(): Float64Array {
      const steps = new Float64Array(frames - 1);
      const scratch = new Float64Array(frames - 1);
      return Float64Array.from(sites.pixels, (_, site) => {
        const trace = traces.of(site);
        for (let t = 0; t < steps.length; t++) steps[t] = trace[t + 1]! - trace[t]!;
        return varianceOf(steps, scratch, isCounts);
      });
    },
  };
}

function againstFour(pixels: Float64Array, { height, width }: Size, place: number): number {
  const y = Math.floor(place / width);
  const x = place - y * width;
  const up = y > 0 ? pixels[place - width]! : pixels[place]!;
  const down = y < height - 1 ? pixels[place + width]! : pixels[place]!;
  const left = x > 0 ? pixels[place - 1]! : pixels[place]!;
  const right = x < width - 1 ? pixels[place + 1]! : pixels[place]!;
  return pixels[place]! - 0.25 * (up + down + left + right);
}

function varianceOf(steps: Float64Array, scratch: Float64Array, isCounts: boolean): number {
  scratch.set(steps);
  const middle = medianInPlace(scratch);
  for (let t = 0; t < steps.length; t++) scratch[t] = Math.abs(steps[t]! - middle);
  const sd = SD_PER_MAD * medianInPlace(scratch);
  if (!isCounts) return sd ** 2 / (2 * MASK_GAIN);
  const bound = 4 * Math.max(sd, 0.5);
  let sum = 0;
  for (const step of steps) sum += Math.min(bound, Math.max(-bound, step)) ** 2;
  return sum / steps.length / (2 * MASK_GAIN);
}
