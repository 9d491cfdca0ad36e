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
export function boxOf({ row, col, height, width }: Omit<Footprint, "data">): Window {
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
  const lit = litBox(dense, canvas, (value) => value !== 0);
  return lit ? { ...placed(lit), data: copyWindow(dense, width, lit) } : emptyFootprint();
}

/** The smallest part of a footprint that has all its pixels of at least this share of its peak. */
export function trimFootprint(footprint: Footprint, share: number): Footprint {
  const { row, col, width, data } = footprint;
  let peak = 0;
  for (let i = 0; i < data.length; i++) peak = Math.max(peak, data[i]!);
  const lit = litBox(data, footprint, (value) => value >= share * peak);
  if (lit === null) return emptyFootprint();
  const at = { ...lit, top: row + lit.top, left: col + lit.left };
  return { ...placed(at), data: copyWindow(data, width, lit) };
}

/** The tight box around the lit pixels of an image; null where none is. */
function litBox(
  image: ArrayLike<number>,
  { height, width }: Canvas,
  isLit: (value: number) => boolean,
): Window | null {
  let top = height;
  let bottom = -1;
  let left = width;
  let right = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isLit(image[y * width + x]!)) continue;
      top = Math.min(top, y);
      bottom = y;
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  }
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 };
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
  const isTyped = source instanceof Float32Array;
  for (let y = 0; y < height; y++) {
    const from = (top + y) * sourceWidth + left;
    if (isTyped) data.set(source.subarray(from, from + width), y * width);
    else for (let x = 0; x < width; x++) data[y * width + x] = source[from + x]!;
  }
  return data;
}
