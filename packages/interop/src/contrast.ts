// Contrast for people's eyes: two percentiles of the movie become black and white.

import type { MovieBlock } from "@minisim/recording";
import { z } from "zod";

export const contrastSettings = z.strictObject({
  low_percentile: z.number().min(0).max(100).default(0.5).describe("Percentile that becomes black"),
  high_percentile: z
    .number()
    .min(0)
    .max(100)
    .default(99.8)
    .describe("Percentile that becomes white"),
});

export type Contrast = z.output<typeof contrastSettings>;
/** The bytes to show for values of a movie. */
export type Stretch = (values: MovieBlock["data"]) => Uint8Array;

// Enough for a percentile that nobody's eye could correct.
const MOST_SAMPLES = 1 << 18;

/** Evenly spaced values of some frames decide. A movie of one value becomes black. */
export function stretchBy(
  frames: readonly MovieBlock["data"][],
  { low_percentile, high_percentile }: Contrast,
): Stretch {
  const total = frames.reduce((sum, { length }) => sum + length, 0);
  const stride = Math.max(1, Math.floor(total / MOST_SAMPLES));
  const samples: number[] = [];
  let skip = 0;
  for (const values of frames) {
    for (; skip < values.length; skip += stride) samples.push(values[skip]!);
    skip -= values.length;
  }
  const sorted = Float64Array.from(samples).sort();
  const at = (percentile: number) =>
    sorted[Math.round(((sorted.length - 1) * percentile) / 100)] ?? 0;
  const low = at(low_percentile);
  const range = at(high_percentile) - low;
  const scale = range > 0 ? 255 / range : 0;
  // A clamped array rounds, and cuts off what is beyond black and white.
  return (values) => {
    const shown = new Uint8ClampedArray(values.length);
    for (let i = 0; i < values.length; i++) shown[i] = (values[i]! - low) * scale;
    return new Uint8Array(shown.buffer);
  };
}
