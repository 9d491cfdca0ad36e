// The Fisher information of all weights of a frame, F = Aᵀ A: inner products of images in units of the noise, the images being columns of A.
import {
  type Footprint,
  innerProduct,
  innerProductWithImage,
  meet,
  type PixelRectangle,
  sumOfProducts,
} from "@minisim/footprint";
import { type EnvelopeMatrix, envelopeMatrix } from "@minisim/kernels/envelope";
import type { SensorImages } from "./images.ts";

/** A cell that shines. */
export interface CellImage {
  readonly cell: number;
  readonly patch: Footprint;
  /** Of its column of A, for a C of 1 and a factor of 1. */
  readonly length: number;
}

/** Images of the background, scaled to columns of length 1. */
export interface Backgrounds {
  /** Times what a footprint's light is worth in each square. */
  readonly seen: readonly Float64Array[];
  /** Inner products, one row an image. */
  readonly products: readonly Float64Array[];
}

/** Makes the matrix definite where two images are alike: the error of such cells is 22 000 times that of one alone. */
const RIDGE = 1e-9;

/** The information in each square, per squared light of a footprint. */
export const weightOf = ({ per_light }: SensorImages): Float64Array =>
  per_light.map((value) => value * value);

/** Of the cells that shine, from the top of the field down. */
export function cellImages({ width, footprints, factor }: SensorImages, weight: Float64Array) {
  const images: CellImage[] = [];
  for (const [cell, patch] of footprints.entries()) {
    const length = Math.sqrt(innerProduct(patch, weighted(patch, weight, width)));
    if (length > 0 && factor[cell]! > 0) images.push({ cell, patch, length });
  }
  return images.sort((a, b) => middleRow(a) - middleRow(b) || a.cell - b.cell);
}

const middleRow = ({ patch }: CellImage): number => patch.row + patch.height / 2;

export function backgroundsOf(
  images: readonly Float64Array[],
  per_light: Float64Array,
): Backgrounds {
  const inner = (a: Float64Array, b: Float64Array) => sumOfProducts(a, 0, b, 0, a.length);
  // A background that is dark everywhere is a row of zeros.
  const scale = images.map((image) => 1 / (Math.sqrt(inner(image, image)) || 1));
  return {
    seen: images.map((image, k) => {
      const seen = new Float64Array(image.length);
      for (let i = 0; i < seen.length; i++) seen[i] = image[i]! * per_light[i]! * scale[k]!;
      return seen;
    }),
    products: images.map((image, k) =>
      Float64Array.from({ length: k }, (_, l) => inner(image, images[l]!) * scale[k]! * scale[l]!),
    ),
  };
}

/** For each cell, the first one that it meets, or itself. The middles of two that meet are less than the tallest patch apart. */
export function firstMet(cells: readonly CellImage[]): Int32Array {
  const tallest = cells.reduce((most, { patch }) => Math.max(most, patch.height), 0);
  let begin = 0;
  return Int32Array.from(cells, (one, i) => {
    while (middleRow(one) - middleRow(cells[begin]!) > tallest) begin += 1;
    let first = begin;
    while (first < i && !meet(one.patch, cells[first]!.patch)) first += 1;
    return first;
  });
}

/** F of these cells, then of the background, scaled so that its diagonal is 1. */
export function informationMatrix(
  cells: readonly CellImage[],
  first: Int32Array,
  { seen, products }: Backgrounds,
  weight: Float64Array,
  width: number,
): EnvelopeMatrix {
  const matrix = envelopeMatrix(Int32Array.of(...first, ...seen.map(() => 0)));
  const { origin, values } = matrix;
  for (const [i, { patch, length }] of cells.entries()) {
    const image = weighted(patch, weight, width);
    const row = origin[i]!;
    for (let j = first[i]!; j < i; j++) {
      const other = cells[j]!;
      values[row + j] = innerProduct(other.patch, image) / (length * other.length);
    }
    values[row + i] = 1 + RIDGE;
  }
  for (const [k, image] of seen.entries()) {
    const row = origin[cells.length + k]!;
    for (const [i, { patch, length }] of cells.entries()) {
      values[row + i] = innerProductWithImage(patch, image, width) / length;
    }
    values.set(products[k]!, row + cells.length);
    values[row + cells.length + k] = 1 + RIDGE;
  }
  return matrix;
}

/** A patch's values times those of a field that is `stride` pixels wide. */
function weighted(patch: Footprint, field: Float64Array, stride: number): PixelRectangle {
  const { row, col, height, width, data } = patch;
  const product = new Float64Array(data.length);
  for (let y = 0; y < height; y++) {
    const at = (row + y) * stride + col;
    for (let x = 0; x < width; x++) product[y * width + x] = data[y * width + x]! * field[at + x]!;
  }
  return { ...patch, data: product };
}
