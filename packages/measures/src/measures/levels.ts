// How bright the movie is.

import type { Frame } from "../frame.ts";
import { type Quantiles, quantilesOf } from "../median.ts";
import type { Movie } from "../movie.ts";

export interface Levels {
  /** Percentiles of the counts of all pixels in at least 100 frames evenly spread, or in all frames of a shorter movie. */
  readonly counts: Quantiles;
  /** Share of pixels at 0, over all frames. */
  readonly zero_share: number;
  /** Share of pixels at or above the largest code, over all frames; null where the movie holds no counts. */
  readonly saturated_share: number | null;
}

const PERCENTS = [0.1, 1, 5, 25, 50, 75, 95, 99, 99.9];

/** Values of a movie of floats that are kept for its percentiles: their error is far below a percent of the spread. */
const MOST_FLOATS = 2 ** 20;

export function collectLevels(movie: Movie) {
  const { shape, container } = movie;
  const [frames, height, width] = shape;
  const everyFrame = Math.max(1, Math.floor(frames / 100));
  const isCounts = container !== "float32";
  const top = isCounts
    ? (movie.max_code ?? (container === "uint8" ? 255 : 65535))
    : Number.POSITIVE_INFINITY;
  const sampled = Math.ceil(frames / everyFrame) * height * width;
  const everyPixel = isCounts ? 1 : Math.ceil(sampled / MOST_FLOATS);
  const histogram = new Float64Array(65536);
  const floats: number[] = [];
  let zeros = 0;
  let saturated = 0;
  return {
    add({ index, pixels }: Frame) {
      for (const value of pixels) {
        if (value === 0) zeros++;
        if (value >= top) saturated++;
      }
      if (index % everyFrame !== 0) return;
      if (isCounts) for (const value of pixels) histogram[value]!++;
      else for (let i = 0; i < pixels.length; i += everyPixel) floats.push(pixels[i]!);
    },
    result(): Levels {
      const total = frames * height * width;
      return {
        counts: isCounts ? quantilesOfCounts(histogram) : quantilesOf(floats, PERCENTS),
        zero_share: zeros / total,
        saturated_share: isCounts ? saturated / total : null,
      };
    },
  };
}

/** As quantilesOf, of values that are known by how often each whole number occurs. */
function quantilesOfCounts(histogram: Float64Array): Quantiles {
  const n = histogram.reduce((a, b) => a + b, 0);
  const valueAt = (rank: number) => {
    let seen = 0;
    return histogram.findIndex((count) => {
      seen += count;
      return seen > rank;
    });
  };
  const percentiles = PERCENTS.map((percent) => {
    const place = ((n - 1) * percent) / 100;
    const low = valueAt(Math.floor(place));
    const high = valueAt(Math.ceil(place));
    return [percent, low + (place - Math.floor(place)) * (high - low)];
  });
  return { ...Object.fromEntries(percentiles), n };
}
