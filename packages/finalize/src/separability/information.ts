// The Fisher information of all weights of a frame: inner products of images in units of the noise.
import type { Footprint } from "@minisim/footprint";
import { type EnvelopeMatrix, envelopeMatrix } from "./envelope.ts";
import type { SensorImages } from "./images.ts";
import { gathered, lineProduct, meets, overlap, weighted } from "./patches.ts";

export interface Information {
  /** Cells that shine, from the top of the field down, then the background: scaled so that its diagonal is 1. */
  readonly matrix: EnvelopeMatrix;
  /** The cells in the order of the matrix. */
  readonly cells: readonly number[];
  /** √F_ii of each of them, per unit of C. */
  readonly norm: readonly number[];
}

/** Makes the matrix definite where two images are alike: the error of such cells is 22 000 times that of one alone. */
const RIDGE = 1e-9;

interface Image {
  readonly cell: number;
  readonly patch: Footprint;
  /** Of its column of A, for a weight of 1 in place of `factor`. */
  readonly length: number;
}

/** F = Aᵀ A with the images as columns of A. */
export function informationOf(images: SensorImages): Information {
  const { width, per_light, factor, backgrounds } = images;
  const weight = per_light.map((value) => value * value);
  const shining = imagesOf(images, weight);
  const matrix = envelopeMatrix(firstOf(shining, backgrounds.length));
  for (const [i, { patch, length }] of shining.entries()) {
    const image = weighted(patch, weight, width);
    const row = matrix.origin[i]!;
    for (let j = matrix.first[i]!; j < i; j++) {
      const other = shining[j]!;
      matrix.values[row + j] = overlap(patch, image, other.patch) / (length * other.length);
    }
    matrix.values[row + i] = 1 + RIDGE;
  }
  addBackgrounds(matrix, shining, images);
  return {
    matrix,
    cells: shining.map(({ cell }) => cell),
    norm: shining.map(({ cell, length }) => length * factor[cell]!),
  };
}

/** Of the cells that shine, from the top of the field down. */
function imagesOf({ width, footprints, factor }: SensorImages, weight: Float64Array) {
  const images: Image[] = [];
  for (const [cell, patch] of footprints.entries()) {
    const length = Math.sqrt(overlap(patch, weighted(patch, weight, width), patch));
    if (length > 0 && factor[cell]! > 0) images.push({ cell, patch, length });
  }
  const middle = ({ patch }: Image) => patch.row + patch.height / 2;
  return images.sort((a, b) => middle(a) - middle(b) || a.cell - b.cell);
}

/** For each row, the first image that it meets; a background meets all. */
function firstOf(images: readonly Image[], backgrounds: number): Int32Array {
  const first = new Int32Array(images.length + backgrounds);
  for (const [i, { patch }] of images.entries()) {
    first[i] = images.findIndex((other, j) => j >= i || meets(patch, other.patch));
  }
  return first;
}

function addBackgrounds(
  { origin, values }: EnvelopeMatrix,
  cells: readonly Image[],
  { width, per_light, backgrounds }: SensorImages,
): void {
  const inner = (a: Float64Array, b: Float64Array) => lineProduct(a, 0, b, 0, a.length);
  // A background that is dark everywhere is a row of zeros.
  const scale = backgrounds.map((image) => 1 / (Math.sqrt(inner(image, image)) || 1));
  for (const [k, image] of backgrounds.entries()) {
    const row = origin[cells.length + k]!;
    const seen = image.map((value, i) => value * per_light[i]! * scale[k]!);
    for (const [i, { patch, length }] of cells.entries()) {
      values[row + i] = gathered(patch, seen, width) / length;
    }
    for (let l = 0; l < k; l++) {
      values[row + cells.length + l] = inner(image, backgrounds[l]!) * scale[k]! * scale[l]!;
    }
    values[row + cells.length + k] = 1 + RIDGE;
  }
}
