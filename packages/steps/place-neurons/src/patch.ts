// A patch of pixels while a cell is painted, on the unbounded pixel grid around it.
import { cropFootprint, type Footprint, footprintFromDense } from "@minisim/footprint";

/** `data` is `height` × `width`, row-major; its first pixel is (`row`, `col`), which may lie outside any canvas. */
export interface Patch {
  readonly row: number;
  readonly col: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** An empty (all zero) patch whose first and last pixels are given, both inclusive. */
export function patchBetween(top: number, left: number, bottom: number, right: number): Patch {
  const height = bottom - top + 1;
  const width = right - left + 1;
  return { row: top, col: left, height, width, data: new Float32Array(height * width) };
}

/** Raises the pixels of `target` to those of `source`, which lies inside it. */
export function mergeMax(target: Patch, source: Patch): void {
  for (let y = 0; y < source.height; y++) {
    const from = y * source.width;
    const to = (source.row + y - target.row) * target.width + source.col - target.col;
    for (let x = 0; x < source.width; x++) {
      const value = source.data[from + x]!;
      if (value > target.data[to + x]!) target.data[to + x] = value;
    }
  }
}

/** The part of a patch on a canvas, trimmed to its non-zero pixels. */
export function footprintOn(
  canvas: { readonly height: number; readonly width: number },
  patch: Patch,
): Footprint {
  const inside = { top: 0, left: 0, height: canvas.height, width: canvas.width };
  const clipped = cropFootprint(patch, inside);
  const trimmed = footprintFromDense(clipped.data, clipped);
  if (trimmed.data.length === 0) return trimmed;
  return { ...trimmed, row: clipped.row + trimmed.row, col: clipped.col + trimmed.col };
}
