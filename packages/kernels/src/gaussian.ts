// The Gaussian kernel that every blur of the simulator uses.
import { exp } from "./math.ts";

export interface GaussianTaps {
  /** Taps on each side of the middle one, in pixels. */
  readonly radius: number;
  /** 2·radius + 1 weights that sum to 1. */
  readonly taps: Float64Array;
}

/** Samples exp(−k²/2σ²) at |k| ≤ floor(4σ + 0.5) pixels, divided by their sum. σ = 0 gives the single tap 1. */
export function gaussianTaps(sigmaPx: number): GaussianTaps {
  const radius = gaussianRadius(sigmaPx);
  const taps = new Float64Array(2 * radius + 1);
  let sum = 0;
  for (let k = -radius; k <= radius; k++) {
    // σ below 1/8 px has one tap, and no quotient that could be 0 / 0.
    const tap = k === 0 ? 1 : exp((-0.5 * k * k) / (sigmaPx * sigmaPx));
    taps[k + radius] = tap;
    sum += tap;
  }
  for (let i = 0; i < taps.length; i++) taps[i]! /= sum;
  return { radius, taps };
}

/** How many taps of `gaussianTaps` lie on each side of the middle one. */
export function gaussianRadius(sigmaPx: number): number {
  if (!(sigmaPx >= 0 && sigmaPx < Infinity)) {
    throw new RangeError(
      `A blur's sigma must be a finite number of pixels, at least 0: got ${sigmaPx}.`,
    );
  }
  return Math.floor(4 * sigmaPx + 0.5);
}
