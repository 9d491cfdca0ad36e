// Where a footprint is, and how wide.
import { peakOf, type SparseCells } from "./cells.ts";

/** An estimate may be off by a pixel, however small the cell looks. */
const LEAST_WIDTH_PX = 1;

export interface Place {
  /** The centroid of the squared weights, px from the canvas's first pixel: skirts hardly move it, however far they are drawn. */
  readonly y: number;
  readonly x: number;
  /** px, per axis: the root mean square distance from the centroid of the weights, σ of a Gaussian; at least a pixel. */
  readonly width: number;
}

/** One for each cell; null for a dark one. */
export function placesOf(cells: SparseCells): (Place | null)[] {
  return Array.from({ length: cells.starts.length - 1 }, (_, cell): Place | null => {
    const peak = peakOf(cells, cell);
    if (peak === 0) return null;
    const { variance } = moments(cells, cell, (weight) => weight / peak);
    const { y, x } = moments(cells, cell, (weight) => (weight / peak) ** 2);
    return { y, x, width: Math.max(Math.sqrt(variance / 2), LEAST_WIDTH_PX) };
  });
}

function moments(
  { canvas, pixels, weights, starts }: SparseCells,
  cell: number,
  massOf: (weight: number) => number,
): { readonly y: number; readonly x: number; readonly variance: number } {
  const [from, to] = [starts[cell]!, starts[cell + 1]!];
  let [total, y, x] = [0, 0, 0];
  for (let k = from; k < to; k++) {
    const mass = massOf(weights[k]!);
    total += mass;
    y += mass * Math.floor(pixels[k]! / canvas.width);
    x += mass * (pixels[k]! % canvas.width);
  }
  [y, x] = [y / total, x / total];
  let spread = 0;
  for (let k = from; k < to; k++) {
    const dy = Math.floor(pixels[k]! / canvas.width) - y;
    const dx = (pixels[k]! % canvas.width) - x;
    spread += massOf(weights[k]!) * (dy * dy + dx * dx);
  }
  return { y, x, variance: spread / total };
}
