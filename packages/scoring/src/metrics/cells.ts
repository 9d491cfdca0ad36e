// The one form in which footprints are compared: per cell its lit pixels, ascending, and their light.
import type { Canvas } from "@minisim/footprint";

/** A rectangle of `height` × `width` weights, row-major, whose first pixel is (`row`, `col`) of the canvas. */
export interface Patch extends Canvas {
  readonly row: number;
  readonly col: number;
  readonly data: ArrayLike<number>;
}

/**
 * n footprints on one canvas; a `FootprintStack` is one. A footprint is light: weights that are not positive finite
 * numbers (negative, NaN, infinite) count as 0.
 */
export interface Footprints {
  readonly canvas: Canvas;
  readonly length: number;
  at(index: number): Patch;
}

/** Whole pixels, (dy, dx): positive moves content to higher rows and columns. */
export type Shift = readonly [dy: number, dx: number];

/** Cell i lights `pixels[starts[i]]` … `pixels[starts[i + 1] - 1]` (y · width + x, ascending) with `weights` > 0. */
export interface SparseCells {
  readonly canvas: Canvas;
  readonly starts: Int32Array;
  readonly pixels: Int32Array;
  readonly weights: Float64Array;
}

/**
 * Lit pixels of every footprint, moved by a shift; light that leaves the canvas is lost. Where the patches' borders
 * ran, and whether they held zeros, is forgotten.
 * @throws RangeError for a patch that does not lie on its canvas.
 */
export function sparseCells(footprints: Footprints, [dy, dx]: Shift = [0, 0]): SparseCells {
  const { canvas, length } = footprints;
  const starts = new Int32Array(length + 1);
  let room = 0;
  for (let i = 0; i < length; i++) room += footprints.at(i).data.length;
  const pixels = new Int32Array(room);
  const weights = new Float64Array(room);
  let next = 0;
  for (let i = 0; i < length; i++) {
    const { row, col, height, width, data } = checked(footprints.at(i), i, canvas);
    for (let y = 0; y < height; y++) {
      const toRow = row + dy + y;
      if (toRow < 0 || toRow >= canvas.height) continue;
      for (let x = 0; x < width; x++) {
        const weight = data[y * width + x]!;
        const toCol = col + dx + x;
        if (!(weight > 0 && weight < Infinity) || toCol < 0 || toCol >= canvas.width) continue;
        pixels[next] = toRow * canvas.width + toCol;
        weights[next] = weight;
        next += 1;
      }
    }
    starts[i + 1] = next;
  }
  return { canvas, starts, pixels: pixels.subarray(0, next), weights: weights.subarray(0, next) };
}

/** The largest weight of cell i, 0 if it is dark. */
export function peakOf({ starts, weights }: SparseCells, cell: number): number {
  let peak = 0;
  for (let k = starts[cell]!; k < starts[cell + 1]!; k++) peak = Math.max(peak, weights[k]!);
  return peak;
}

/** The same cells, each in units of its peak: squares of any float then neither overflow nor vanish. */
export function inPeaks(cells: SparseCells): SparseCells {
  const weights = new Float64Array(cells.weights.length);
  for (let i = 0; i + 1 < cells.starts.length; i++) {
    const peak = peakOf(cells, i);
    for (let k = cells.starts[i]!; k < cells.starts[i + 1]!; k++) {
      weights[k] = cells.weights[k]! / peak;
    }
  }
  return { ...cells, weights };
}

/** The weights of cell i at pixels that ascend; 0 where it has none. */
export function weightsAt(
  { starts, pixels, weights }: SparseCells,
  cell: number,
  at: Int32Array,
): Float64Array {
  let k = starts[cell]!;
  return Float64Array.from(at, (pixel) => {
    while (k < starts[cell + 1]! && pixels[k]! < pixel) k += 1;
    return k < starts[cell + 1]! && pixels[k] === pixel ? weights[k]! : 0;
  });
}

function checked(patch: Patch, index: number, canvas: Canvas): Patch {
  const { row, col, height, width, data } = patch;
  const fits =
    [row, col, height, width].every((value) => Number.isInteger(value) && value >= 0) &&
    row + height <= canvas.height &&
    col + width <= canvas.width &&
    data.length === height * width;
  if (fits) return patch;
  throw new RangeError(
    `Footprint ${index}, ${height} × ${width} at (${row}, ${col}) with ${data.length} values, does not fit its ${canvas.height} × ${canvas.width} canvas.`,
  );
}
