// One footprint: the patch of pixels that a cell lights.
import { type Canvas, intersect, type Window } from "./geometry.ts";

/**
 * A patch at an integer offset on a canvas: `data` is `height` × `width`, row-major float32, its first pixel at
 * (`row`, `col`). An empty footprint is 0 × 0 at (0, 0).
 */
export interface Footprint {
  readonly row: number;
  readonly col: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

export function emptyFootprint(): Footprint {
  return { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };
}

/** The rectangle that a footprint covers on its canvas. */
export function boxOf(footprint: Footprint): Window {
  const { row, col, height, width } = footprint;
  return { top: row, left: col, height, width };
}

/**
 * The footprint of a dense image, trimmed to the tight box around its non-zero pixels; empty when all are zero.
 * `dense` is row-major with height · width values, else RangeError.
 */
export function footprintFromDense(dense: ArrayLike<number>, canvas: Canvas): Footprint {
  const { height, width } = canvas;
  if (dense.length !== height * width) {
    throw new RangeError(
      `A dense footprint of ${height} × ${width} pixels has ${height * width} values, not ${dense.length}.`,
    );
  }
  let top = height;
  let bottom = -1;
  let left = width;
  let right = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (dense[y * width + x] === 0) continue;
      top = Math.min(top, y);
      bottom = y;
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  }
  if (bottom < 0) return emptyFootprint();
  const patch = { top, left, height: bottom - top + 1, width: right - left + 1 };
  return { ...placed(patch), data: copyWindow(dense, width, patch) };
}

/**
 * The part of a footprint inside a window, in the window's own coordinates. The patch keeps its zero borders; it is
 * empty when the two do not meet.
 */
export function cropFootprint(footprint: Footprint, window: Window): Footprint {
  const shared = intersect(boxOf(footprint), window);
  if (shared === null) return emptyFootprint();
  const { row, col, width, data } = footprint;
  const inPatch = { ...shared, top: shared.top - row, left: shared.left - col };
  const inWindow = { ...shared, top: shared.top - window.top, left: shared.left - window.left };
  return { ...placed(inWindow), data: copyWindow(data, width, inPatch) };
}

function placed({ top, left, height, width }: Window) {
  return { row: top, col: left, height, width };
}

/** The pixels of a window that lies inside a row-major image `sourceWidth` wide. */
function copyWindow(source: ArrayLike<number>, sourceWidth: number, window: Window): Float32Array {
  const { top, left, height, width } = window;
  const data = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * sourceWidth + left;
    for (let x = 0; x < width; x++) data[y * width + x] = source[from + x]!;
  }
  return data;
}
