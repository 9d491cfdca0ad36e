// A footprint as the optics show it: blurred, dimmed, and losing what is blurred past the edge of the canvas.
import { createKernels, gaussianTaps, type Kernels } from "@minisim/kernels";
import { cropFootprint, emptyFootprint, type Footprint } from "./footprint.ts";
import type { Canvas, Window } from "./geometry.ts";

let shared: Kernels | undefined;

/** A Gaussian this wide leaves less than 2e-11 of the light in a pixel: beyond, nothing is left. An aperture near the index of the tissue gets there. */
const WIDEST_PX = 1e5;

/**
 * `gain` · (footprint ⊛ Gaussian(`sigmaPx`)) on a canvas.
 *
 * The Gaussian is separable, sums to 1 and ends at floor(4σ + 0.5) pixels; outside the canvas there is no light and
 * none is kept. The patch is the planted box grown by that radius and clipped to the canvas. Float32 throughout.
 * A width beyond 1e5 pixels leaves an empty footprint. A negative or infinite width or gain is a RangeError.
 */
export function degradeFootprint(
  footprint: Footprint,
  canvas: Canvas,
  sigmaPx: number,
  gain: number,
): Footprint {
  if (!(gain >= 0 && gain < Infinity)) {
    throw new RangeError(`A footprint's gain must be finite and at least 0, not ${gain}.`);
  }
  if (sigmaPx > WIDEST_PX && sigmaPx < Infinity) return emptyFootprint();
  const { radius, taps } = gaussianTaps(sigmaPx);
  const planted = cropFootprint(footprint, { top: 0, left: 0, ...canvas });
  if (planted.data.length === 0) return emptyFootprint();
  const { row, col, height, width } = planted;
  const top = Math.max(row - radius, 0);
  const left = Math.max(col - radius, 0);
  const patch = {
    top,
    left,
    height: Math.min(row + height + radius, canvas.height) - top,
    width: Math.min(col + width + radius, canvas.width) - left,
  };
  const data = blur(planted, taps, { ...patch, top: top - row, left: left - col });
  for (let i = 0; i < data.length; i++) data[i]! *= gain;
  return { row: top, col: left, height: patch.height, width: patch.width, data };
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
