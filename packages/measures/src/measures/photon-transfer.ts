// How noise grows with light: the gain of the sensor.

import { quantile } from "@minisim/kernels/statistics";
import type { Size } from "../frame.ts";
import { medianInPlace } from "../median.ts";
import type { Sites } from "../sites.ts";

export interface PhotonTransfer {
  /** Counts per electron, where noise is shot noise and the movie untouched; null where the light is the same everywhere. */
  readonly slope: number | null;
  /** Variance at no light, counts²: the square of the read noise, where there is no black level; null as the slope. */
  readonly intercept: number | null;
  /** Levels of the groups, counts. */
  readonly mean: readonly number[];
  /** Noise variances of the groups, counts². */
  readonly variance: readonly number[];
  /** Standard deviation of the noise over the level, both at their medians. */
  readonly relative_noise_at_median_level: number;
  /** Pearson correlation of `mean` and `variance`; null where one of them is the same everywhere. */
  readonly r: number | null;
}

const GROUPS = 12;

/**
 * A straight line by least squares through (mean over time, noise variance) of the sites: medians of 12 groups with equal counts, ordered by the mean.
 * Left out: the edge of the field, and the darkest and brightest 1 %.
 * Source of the method: Janesick 2007, Photon Transfer, SPIE Press, doi:10.1117/3.725073.
 */
export function photonTransfer(
  mean: Float64Array,
  noise: Float64Array,
  sites: Sites,
  { height, width }: Size,
): PhotonTransfer {
  const inside: number[] = [];
  for (let site = 0; site < sites.pixels.length; site++) {
    const y = Math.floor(sites.pixels[site]! / width);
    const x = sites.pixels[site]! % width;
    if (y > 0 && x > 0 && y < height - 1 && x < width - 1) inside.push(site);
  }
  const level = (site: number) => mean[sites.pixels[site]!]!;
  const sorted = Float64Array.from(inside, level).sort();
  const low = quantile(sorted, 0.01);
  const high = quantile(sorted, 0.99);
  const ordered = inside
    .filter((site) => level(site) >= low && level(site) <= high)
    .sort((a, b) => level(a) - level(b));
  const groups = equalParts(ordered, GROUPS);
  const x = groups.map((group) => medianInPlace(Float64Array.from(group, level)));
  const y = groups.map((group) => medianInPlace(Float64Array.from(group, (site) => noise[site]!)));
  const medianNoise = medianInPlace(Float64Array.from(inside, (site) => noise[site]!));
  return {
    ...lineThrough(x, y),
    mean: x,
    variance: y,
    relative_noise_at_median_level: Math.sqrt(medianNoise) / quantile(sorted, 0.5),
  };
}

/** Parts whose lengths differ by one at most, the longer ones first. */
function equalParts(values: readonly number[], parts: number): number[][] {
  const short = Math.floor(values.length / parts);
  const longer = values.length % parts;
  const startOf = (part: number) => part * short + Math.min(part, longer);
  return Array.from({ length: parts }, (_, part) =>
    values.slice(startOf(part), startOf(part + 1)),
  ).filter(({ length }) => length > 0);
}

function lineThrough(x: readonly number[], y: readonly number[]) {
  const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [x0, y0] = [meanOf(x), meanOf(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xx += (x[i]! - x0) ** 2;
    xy += (x[i]! - x0) * (y[i]! - y0);
    yy += (y[i]! - y0) ** 2;
  }
  if (xx === 0) return { slope: null, intercept: null, r: null };
  const slope = xy / xx;
  return { slope, intercept: y0 - slope * x0, r: xx * yy > 0 ? xy / Math.sqrt(xx * yy) : null };
}
