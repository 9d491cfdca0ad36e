// Squares of pixels that count as one: a wide image needs few of them.
import {
  boxOf,
  type Footprint,
  type FootprintStack,
  intersect,
  type Window,
} from "@minisim/footprint";
import { orderStatistic } from "@minisim/kernels/statistics";
import type { Shape } from "@minisim/pipeline";

/**
 * Squares of side s add s²/12 to the variance σ² of an image. With s² ≤ σ²/5 that is 1/60, which costs 0.8 % of a d′. A Gaussian of peak 1 has a light
 * of 2πσ².
 */
const LIGHT_PER_PIXEL = 10 * Math.PI;
/** Of all cells this share may be narrower: the edge of the canvas cuts some. */
const NARROWER = 0.1;

/** So many cells tell how narrow cells are. */
const MOST_ASKED = 256;

/** The side of the squares, px: as long as it costs nine of ten cells no more than that, and a divisor of both sides of the view. */
export function squareSide(footprints: FootprintStack, { height, width }: Shape): number {
  const every = Math.ceil(footprints.length / MOST_ASKED);
  const asked = Math.floor(footprints.length / Math.max(1, every));
  const lights = Array.from({ length: asked }, (_, k) => {
    const { data } = footprints.at(k * every);
    let peak = 0;
    let total = 0;
    for (let i = 0; i < data.length; i++) {
      peak = Math.max(peak, data[i]!);
      total += data[i]!;
    }
    return peak > 0 ? total / peak : 0;
  });
  const shining = lights.filter((light) => light > 0).sort((a, b) => a - b);
  const narrow = shining.length === 0 ? 0 : orderStatistic(shining, NARROWER);
  let side = Math.max(1, Math.floor(Math.sqrt(narrow / LIGHT_PER_PIXEL)));
  while (height % side > 0 || width % side > 0) side -= 1;
  return side;
}

/** A patch's light in each square of a window of its canvas. */
export function summed(patch: Footprint, side: number, window: Window): Footprint {
  const seen = intersect(boxOf(patch), window);
  if (seen === null) return { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };
  const squareOf = (pixel: number) => Math.floor(pixel / side);
  const [firstRow, firstCol] = [seen.top - window.top, seen.left - window.left];
  const [top, left] = [squareOf(firstRow), squareOf(firstCol)];
  const height = squareOf(firstRow + seen.height - 1) - top + 1;
  const width = squareOf(firstCol + seen.width - 1) - left + 1;
  const data = new Float32Array(height * width);
  for (let y = 0; y < seen.height; y++) {
    const to = (squareOf(firstRow + y) - top) * width - left;
    const from = (seen.top + y - patch.row) * patch.width + seen.left - patch.col;
    for (let x = 0; x < seen.width; x++)
      data[to + squareOf(firstCol + x)]! += patch.data[from + x]!;
  }
  return { row: top, col: left, height, width, data };
}
