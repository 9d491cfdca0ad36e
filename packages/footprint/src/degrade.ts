// A footprint as the optics show it: blurred, dimmed, and losing what is blurred past the edge of the canvas.
import { createKernels, gaussianRadius, gaussianTaps, type Kernels } from "@minisim/kernels";
import { boxOf, cropFootprint, emptyFootprint, type Footprint } from "./footprint.ts";
import { type Canvas, intersect, type Window } from "./geometry.ts";

let shared: Kernels | undefined;

/** A Gaussian this wide leaves less than 2e-11 of the light in a pixel: beyond, nothing is left. An aperture near the index of the tissue gets there. */
const WIDEST_PX = 1e5;

/**
 * `gain` · (footprint ⊛ Gaussian(`sigmaPx`)) on a canvas.
 *
 * The Gaussian is separable, sums to 1 and ends at floor(4σ + 0.5) pixels; outside the canvas there is no light and
 * none is kept. The patch is the planted box grown by the radius of `widestPx`, where footprints of several widths share a box, and clipped
 * to the canvas; what lies beyond the radius of `sigmaPx` is 0. Float32 throughout.
 * A width beyond 1e5 pixels leaves an empty footprint. A negative or infinite width or gain is a RangeError.
 */
export function degradeFootprint(
  footprint: Footprint,
  canvas: Canvas,
  sigmaPx: number,
  gain: number,
  widestPx = sigmaPx,
): Footprint {
  if (!(gain >= 0 && gain < Infinity)) {
    throw new RangeError(`A footprint's gain must be finite and at least 0, not ${gain}.`);
  }
  const box = degradedBox(footprint, canvas, sigmaPx, widestPx);
  if (box === null) return emptyFootprint();
  const planted = cropFootprint(footprint, { top: 0, left: 0, ...canvas });
  const { taps } = gaussianTaps(sigmaPx);
  const { top: row, left: col, height, width } = box;
  const data = blur(planted, taps, { ...box, top: row - planted.row, left: col - planted.col });
  for (let i = 0; i < data.length; i++) data[i]! *= gain;
  return { row, col, height, width, data };
}

/** The pixels of the canvas that `degradeFootprint` gives; null where it gives none. */
export function degradedBox(
  footprint: Footprint,
  canvas: Canvas,
  sigmaPx: number,
  widestPx: number,
): Window | null {
  if (sigmaPx > WIDEST_PX && sigmaPx < Infinity) return null;
  const radius = gaussianRadius(Math.max(sigmaPx, widestPx));
  const planted = intersect(boxOf(footprint), { top: 0, left: 0, ...canvas });
  if (planted === null) return null;
  const { height, width } = planted;
  const top = Math.max(planted.top - radius, 0);
  const left = Math.max(planted.left - radius, 0);
  return {
    top,
    left,
    height: Math.min(planted.top + height + radius, canvas.height) - top,
    width: Math.min(planted.left + width + radius, canvas.width) - left,
  };
}

/** The blurred patch over a window given relative to it; no light outside the patch. */
function blur(
  { height, width, data }: Footprint,
  taps: Float64Array,
  window: Window,
): Float32Array {
  shared ??= createKernels();
  const arena = shared.arena();
  try {
    const source = arena.f32(data.length).set(data);
    const kernel = arena.f32(taps.length).set(taps);
    const target = arena.f32(window.height * window.width);
    shared.blur(source, { height, width }, kernel, target, window, "zero");
    return target.view().slice();
  } finally {
    arena.release();
  }
}
