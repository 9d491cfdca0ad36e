// How much structure the mean image has at each size, from cells to vessels to folds.
import { log } from "@minisim/kernels/math";
import { quantile } from "@minisim/kernels/statistics";
import type { Size } from "../frame.ts";
import { smoothed } from "../gaussian.ts";

/** Standard deviations s of the smaller Gaussian, px. */
const SCALES_PX = [2, 4, 8, 16, 32];

export type OctaveContrast = Readonly<Record<string, number | null>>;

/**
 * Standard deviation over space of log(G_s ∗ I) − log(G_2s ∗ I) for each s in px: the contrast of the mean image I by octave, without unit.
 * Left out: edges of width 2s, and pixels below 5 % of the 99th percentile with two pixels around them. Null for a scale whose
 * 8s px the field does not have.
 */
export function octaveContrast(mean: Float64Array, size: Size): OctaveContrast {
  const { height, width } = size;
  const kept = litPixels(mean, size);
  const image = mean.map((value) => Math.max(value, 1e-3));
  const logOf = (sd: number) => smoothed(image, size, sd).map(log);
  const contrasts = SCALES_PX.map((scale) => {
    if (8 * scale > Math.min(height, width)) return [scale, null] as const;
    const fine = logOf(scale);
    const coarse = logOf(2 * scale);
    const band: number[] = [];
    for (let y = 2 * scale; y < height - 2 * scale; y++) {
      for (let x = 2 * scale; x < width - 2 * scale; x++) {
        const i = y * width + x;
        if (kept[i]) band.push(fine[i]! - coarse[i]!);
      }
    }
    return [scale, band.length > 0 ? standardDeviation(band) : null] as const;
  });
  return Object.fromEntries(contrasts);
}

/** Pixels above 5 % of the 99th percentile, eroded twice by a cross; what lies outside of the image counts as dark. */
function litPixels(mean: Float64Array, size: Size): Uint8Array {
  const floor = 0.05 * quantile(mean.slice().sort(), 0.99);
  const lit = Uint8Array.from(mean, (value) => Number(value > floor));
  return eroded(eroded(lit, size), size);
}

function eroded(mask: Uint8Array, { height, width }: Size): Uint8Array {
  const result = new Uint8Array(mask.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      result[i] = mask[i]! & mask[i - 1]! & mask[i + 1]! & mask[i - width]! & mask[i + width]!;
    }
  }
  return result;
}

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
