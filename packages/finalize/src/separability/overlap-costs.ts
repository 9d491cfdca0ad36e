// √(F⁻¹)_ii · √F_ii of every cell: from the whole matrix, or where that would take too long from the cells around each.
import { meet } from "@minisim/footprint";
import { inverseDiagonal } from "@minisim/kernels/envelope";
import type { SensorImages } from "./images.ts";
import {
  type Backgrounds,
  backgroundsOf,
  type CellImage,
  cellImages,
  firstMet,
  informationMatrix,
  weightOf,
} from "./information.ts";

export interface OverlapCost {
  readonly cell: number;
  readonly cost: number;
  /** √F_ii per unit of C. */
  readonly norm: number;
}

/** Multiplications: a few seconds. 3000 cells on a sensor of 608 × 608 take a quarter of it. */
const MOST_WORK = 4e9;

/**
 * Of every cell that shines; in a crowd beyond `mostWork`, without those of its neighbours that are farthest from it. It yields before and after the
 * matrix is made.
 */
export function* overlapCosts(
  images: SensorImages,
  mostWork = MOST_WORK,
): Generator<void, OverlapCost[]> {
  const weight = weightOf(images);
  const cells = cellImages(images, weight);
  const first = firstMet(cells);
  const whole = workOf(cells, first, images.backgrounds.length) <= mostWork;
  const costs = whole
    ? yield* wholeInverse(cells, first, images, weight)
    : localInverses(cells, images, weight, mostWork);
  return cells.map(({ cell, length }, i) => ({
    cell,
    cost: Math.sqrt(costs[i]!),
    norm: length * images.factor[cell]!,
  }));
}

function workOf(cells: readonly CellImage[], first: Int32Array, backgrounds: number): number {
  let work = 0;
  for (const [i, { patch }] of cells.entries()) {
    const before = i - first[i]! + backgrounds;
    work += before * (patch.data.length + before);
  }
  return work;
}

function* wholeInverse(
  cells: readonly CellImage[],
  first: Int32Array,
  { backgrounds, per_light, width }: SensorImages,
  weight: Float64Array,
): Generator<void, Float64Array> {
  const scaled = backgroundsOf(backgrounds, per_light);
  yield;
  const matrix = informationMatrix(cells, first, scaled, weight, width);
  yield;
  return inverseDiagonal(matrix);
}

/** (F⁻¹)_ii of each cell with those that are nearest to it, and the mean background. */
function localInverses(
  cells: readonly CellImage[],
  images: SensorImages,
  weight: Float64Array,
  mostWork: number,
): Float64Array {
  const background = backgroundsOf(meanOf(images.backgrounds), images.per_light);
  const most = mostNeighbours(cells, mostWork);
  return Float64Array.from(cells, (one, i) => {
    const group = [...nearest(cells, i, most), one];
    return inverseOfLast(group, background, weight, images.width);
  });
}

function inverseOfLast(
  group: readonly CellImage[],
  background: Backgrounds,
  weight: Float64Array,
  width: number,
): number {
  const first = new Int32Array(group.length);
  const matrix = informationMatrix(group, first, background, weight, width);
  return inverseDiagonal(matrix)[group.length - 1]!;
}

/** K with cells · K² · (pixels / 2 + K) of the work. */
function mostNeighbours(cells: readonly CellImage[], mostWork: number): number {
  const pixels = cells.reduce((sum, { patch }) => sum + patch.data.length, 0) / cells.length;
  let most = 1;
  while (cells.length * (most + 1) ** 2 * (pixels / 2 + most + 1) <= mostWork) most += 1;
  return most;
}

/** Of the cells that meet this one, the nearest: looked for among those at about its height. */
function nearest(cells: readonly CellImage[], i: number, most: number): CellImage[] {
  const own = cells[i]!;
  const [y, x] = middleOf(own);
  const around = cells.slice(Math.max(0, i - 4 * most), i + 4 * most + 1);
  return around
    .filter((other) => other !== own && meet(other.patch, own.patch))
    .map((other) => {
      const [otherY, otherX] = middleOf(other);
      return { other, distance: (otherY - y) * (otherY - y) + (otherX - x) * (otherX - x) };
    })
    .sort((a, b) => a.distance - b.distance || a.other.cell - b.other.cell)
    .slice(0, most)
    .map(({ other }) => other);
}

const middleOf = ({ patch }: CellImage): readonly [number, number] => [
  patch.row + patch.height / 2,
  patch.col + patch.width / 2,
];

function meanOf(fields: readonly Float64Array[]): Float64Array[] {
  if (fields.length === 0) return [];
  const mean = new Float64Array(fields[0]!.length);
  for (const field of fields)
    for (let i = 0; i < mean.length; i++) mean[i]! += field[i]! / fields.length;
  return [mean];
}
