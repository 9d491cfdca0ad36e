// What the pixels tell of a cell: its image and those of the background, in units of the noise of each pixel.
import { type Footprint, trimFootprint } from "@minisim/footprint";
import {
  type Accumulate,
  type CellFactors,
  cellFactors,
  componentOnFov,
  countOf,
  denseSeries,
  facts,
  footprintsInMotion,
  meansOfSquares,
  observedFootprints,
  type Plan,
  passagesOf,
  summaryOf,
} from "@minisim/pipeline";
import { type Exposure, expectedElectrons, noiseSigmaE } from "@minisim/sensor";
import { squareSide, summed } from "./squares.ts";

export interface SensorImages {
  /** How many squares of pixels, which count as one pixel each, make a row of the field of view. */
  readonly width: number;
  /** Of all cells: light of each square, trimmed. */
  readonly footprints: readonly Footprint[];
  /** A footprint's light times this is its image, one value a square: electrons over the standard deviation of the noise. */
  readonly per_light: Float64Array;
  /** Known mean factor between C of a cell and the weight of its footprint. */
  readonly factor: Float64Array;
  /** Images of the background's components. */
  readonly backgrounds: readonly Float64Array[];
}

/** What a Gaussian has below this share c of its peak is c² of its squared light: 0.04 %. */
const LEAST_SHARE = 0.02;

/** A sum of more components is no set of images that a demixing could tell apart. */
const MOST_BACKGROUNDS = 64;

/**
 * The images at rest; null without a sensor or where no step adds the light of the cells. The noise is that of `light`, the mean of each pixel
 * of the field of view. A background has images where its components have weights of their own in each frame; what never changes is known.
 * It yields between the images of the cells and those of each background.
 */
export function* sensing(plan: Plan, light: Float64Array): Generator<void, SensorImages | null> {
  const { scene, program } = plan;
  const exposure = scene.get(facts.exposure);
  if (!exposure) return null;
  const observed = observedFootprints(scene);
  const shining = footprintsInMotion(scene)?.stack ?? observed;
  const passages = passagesOf(program);
  const own = passages.find(({ added }) => added.components === shining);
  const factors = own && cellFactors(own.added, scene);
  if (!own || !factors) return null;
  const { fov, margin_px: margin, n_frames } = scene.geometry;
  const side = squareSide(observed, fov);
  const onSquares = (field: Float64Array) => meansOfSquares(field, fov, side);
  const perNoise = electronsPerNoise(onSquares(light), exposure, side);
  const view = { top: margin, left: margin, ...fov };
  const footprints = Array.from({ length: observed.length }, (_, cell) =>
    trimFootprint(summed(observed.at(cell), side, view), LEAST_SHARE),
  );
  const backgrounds: Float64Array[] = [];
  for (const one of passages) {
    if (one === own || !fluctuates(one.added)) continue;
    const { components } = one.added;
    const seen = times(onSquares(one.transfer), perNoise, side * side);
    for (let k = 0; k < countOf(components); k++) {
      yield;
      const field = componentOnFov(components, k, one.grid, scene.geometry, side);
      backgrounds.push(times(field, seen, 1));
    }
  }
  return {
    width: fov.width / side,
    footprints,
    // Light of a footprint is summed over the square, that of a field is its mean.
    per_light: times(onSquares(own.transfer), perNoise, 1),
    factor: meanFactors(factors, observed.length, n_frames),
    backgrounds,
  };
}

/** One a cell: of several factors, the product of their means, which are known from elsewhere. */
function meanFactors(
  { per_frame, scale }: CellFactors,
  cells: number,
  frames: number,
): Float64Array {
  const means = per_frame.map(
    (one) => summaryOf(one instanceof Float64Array ? denseSeries(one, frames) : one).mean,
  );
  return Float64Array.from({ length: cells }, (_, cell) =>
    means.reduce((product, mean) => product * mean[cell]!, scale),
  );
}

const fluctuates = ({ components, weights }: Accumulate): boolean =>
  "per_frame" in weights && countOf(components) <= MOST_BACKGROUNDS;

function times(a: Float64Array, b: Float64Array, scale: number): Float64Array {
  const product = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) product[i] = scale * a[i]! * b[i]!;
  return product;
}

/** Electrons of a unit of light over the standard deviation of the noise of a square, whose pixels have this mean light. */
function electronsPerNoise(light: Float64Array, exposure: Exposure, side: number): Float64Array {
  const perUnit = expectedElectrons(1, exposure);
  return light.map((value) => {
    const noise = side * noiseSigmaE(expectedElectrons(value, exposure), exposure);
    // A pixel without any noise would tell all; there is none in the light of a tissue.
    return noise > 0 ? perUnit / noise : 0;
  });
}
