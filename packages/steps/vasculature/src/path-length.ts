// How much blood the light of each pixel crosses.
import type { Segment } from "./tree.ts";

/** A grid of square pixels, with the (fractional) row and column on which the optical axis falls. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  readonly pixel_size_um: number;
  readonly axis_row: number;
  readonly axis_col: number;
}

/** The grid centred on the optical axis. */
export function centredGrid(
  { height, width }: { readonly height: number; readonly width: number },
  pixel_size_um: number,
): Grid {
  return { height, width, pixel_size_um, axis_row: (height - 1) / 2, axis_col: (width - 1) / 2 };
}

/**
 * Vertical path (µm) through blood: a vessel of radius r at distance d from the pixel counts 2√(r² − d²), with round
 * ends; where vessels overlap their paths add.
 * @returns row-major, one value a pixel
 */
export function bloodPathUm(segments: readonly Segment[], grid: Grid): Float64Array {
  const path = new Float64Array(grid.height * grid.width);
  for (const segment of segments) addSegment(path, segment, grid);
  return path;
}

function addSegment(path: Float64Array, { y0, x0, y1, x1, radius }: Segment, grid: Grid): void {
  const { height, width, pixel_size_um, axis_row, axis_col } = grid;
  const [top, bottom] = span(y0, y1, radius, axis_row, pixel_size_um, height);
  const [left, right] = span(x0, x1, radius, axis_col, pixel_size_um, width);
  const dy = y1 - y0;
  const dx = x1 - x0;
  const lengthSquared = dy * dy + dx * dx;
  const radiusSquared = radius * radius;
  for (let row = top; row <= bottom; row++) {
    // The difference is exact, so a pixel's position does not depend on the margin.
    const y = (row - axis_row) * pixel_size_um - y0;
    for (let col = left; col <= right; col++) {
      const x = (col - axis_col) * pixel_size_um - x0;
      const along = lengthSquared > 0 ? (y * dy + x * dx) / lengthSquared : 0;
      const nearest = Math.min(Math.max(along, 0), 1);
      const awayY = y - nearest * dy;
      const awayX = x - nearest * dx;
      const chordSquared = radiusSquared - (awayY * awayY + awayX * awayX);
      if (chordSquared > 0) path[row * width + col]! += 2 * Math.sqrt(chordSquared);
    }
  }
}

/** First and last index of the pixels that the segment can touch on one axis; first > last if none. */
function span(
  from: number,
  to: number,
  radius: number,
  axis: number,
  pixel_size_um: number,
  length: number,
): readonly [first: number, last: number] {
  const low = Math.ceil(axis + (Math.min(from, to) - radius) / pixel_size_um);
  const high = Math.floor(axis + (Math.max(from, to) + radius) / pixel_size_um);
  return [Math.max(low, 0), Math.min(high, length - 1)];
}
