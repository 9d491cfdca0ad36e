// How far fluctuations reach: the correlation over time of two points, by their distance.
import { cos, sin } from "@minisim/kernels/math";
import { createRandom } from "@minisim/random";
import type { Frame, Size } from "../frame.ts";
import { gaussianWeights, mirrored } from "../gaussian.ts";
import { medianInPlace } from "../median.ts";

const LAGS_PX = [2, 5, 10, 20, 40, 80];
const PAIRS = 400;
/** Standard deviation of the Gaussian that points are smoothed with. */
const LOWPASS_PX = 1.5;

/**
 * Median Pearson correlation over time between two points at each distance in px, over 400 pairs at random places and angles that a fixed seed draws;
 * points are smoothed with a Gaussian of 1.5 px. Null for distances beyond 0.6 of the smaller side. Without unit.
 */
export function collectFluctuationCorrelation(size: Size, frames: number) {
  const lags = LAGS_PX.filter((lag) => lag <= 0.6 * Math.min(size.height, size.width));
  const pairs = lags.map((lag) => pairsAt(lag, size));
  const read = smoothPointsOf(size);
  const sums = pairs.map((at) => Array.from(at, () => [0, 0, 0, 0, 0]));
  return {
    add({ change }: Frame) {
      for (let l = 0; l < pairs.length; l++) {
        for (let k = 0; k < pairs[l]!.length; k++) {
          const [from, to] = pairs[l]![k]!;
          addProducts(sums[l]![k]!, read(change, from), read(change, to));
        }
      }
    },
    result(): Readonly<Record<string, number | null>> {
      const medians = LAGS_PX.map((lag, l) => {
        if (l >= lags.length) return [lag, null] as const;
        const correlations = Float64Array.from(sums[l]!, (sum) => correlationOf(sum, frames));
        return [lag, medianInPlace(correlations)] as const;
      });
      return Object.fromEntries(medians);
    },
  };
}

type Point = readonly [y: number, x: number];

function pairsAt(lag: number, { height, width }: Size): (readonly [Point, Point])[] {
  const stream = createRandom(0).stream("fluctuation_correlation", lag);
  const pairs: (readonly [Point, Point])[] = [];
  // A fixed number of tries: where the distance hardly fits the field, there are fewer pairs.
  for (let tries = 0; tries < 4 * PAIRS && pairs.length < PAIRS; tries++) {
    const [y, x] = [stream.integer(height), stream.integer(width)];
    const angle = 2 * Math.PI * stream.uniform();
    const [y2, x2] = [Math.round(y + lag * sin(angle)), Math.round(x + lag * cos(angle))];
    const fits = y2 >= 0 && x2 >= 0 && y2 < height && x2 < width;
    if (fits)
      pairs.push([
        [y, x],
        [y2, x2],
      ]);
  }
  return pairs;
}

function smoothPointsOf({ height, width }: Size) {
  const weights = gaussianWeights(LOWPASS_PX);
  const radius = weights.length >> 1;
  // Mirrored once: where the pixels around y or x are, from y − radius on.
  const places = (length: number, step: number) =>
    Int32Array.from({ length: length + 2 * radius }, (_, i) => step * mirrored(i - radius, length));
  const rows = places(height, width);
  const columns = places(width, 1);
  return (frame: Float64Array, [y, x]: Point): number => {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      const row = rows[y + i]!;
      let along = 0;
      for (let j = 0; j < weights.length; j++) along += weights[j]! * frame[row + columns[x + j]!]!;
      sum += weights[i]! * along;
    }
    return sum;
  };
}

/** Σa, Σb, Σa², Σb², Σab. */
function addProducts(sums: number[], a: number, b: number): void {
  sums[0]! += a;
  sums[1]! += b;
  sums[2]! += a * a;
  sums[3]! += b * b;
  sums[4]! += a * b;
}

function correlationOf(sums: readonly number[], n: number): number {
  const [a, b, aa, bb, ab] = sums.map((sum) => sum / n) as [number, number, number, number, number];
  const sd = (square: number, mean: number) =>
    Math.max(1e-6, Math.sqrt(Math.max(0, square - mean * mean)));
  return (ab - a * b) / (sd(aa, a) * sd(bb, b));
}
