// The shift between two sets of footprints, from where there is light at all.
import { type Footprints, type Shift, sparseCells } from "./cells.ts";
import { transform2d } from "./fourier.ts";

/** A pixel is lit when the footprints together reach this share of their brightest pixel. */
const LIT = 0.01;
/** The largest shift considered, as a share of the field of view. */
const REACH = 0.25;
/** Frequencies weaker than this share of the mean hold rounding errors only: their phase means nothing. */
const FAINT = 1e-10;

/**
 * The whole-pixel shift, within ±25 % of the canvas, that moves the estimate's lit area onto the truth's: the highest
 * peak of their phase correlation. (0, 0) when either is dark.
 */
export function supportShift(estimate: Footprints, truth: Footprints): Shift {
  const { height, width } = truth.canvas;
  const reach = { y: Math.floor(REACH * height), x: Math.floor(REACH * width) };
  // Zeros beyond the canvas as far as a shift reaches: nothing wraps around.
  const shape = { height: powerOfTwo(height + reach.y), width: powerOfTwo(width + reach.x) };
  // The estimate as real part, the truth as imaginary part: one transform for both.
  const real = new Float64Array(shape.height * shape.width);
  const imag = new Float64Array(shape.height * shape.width);
  paintSupport(estimate, real, shape.width);
  paintSupport(truth, imag, shape.width);
  transform2d(real, imag, shape);
  const [re, im] = crossPhases(real, imag, shape);
  transform2d(re, im, shape, "inverse");
  let best: Shift = [0, 0];
  let highest = re[0]!;
  for (let dy = -reach.y; dy <= reach.y; dy++) {
    const row = ((dy + shape.height) % shape.height) * shape.width;
    for (let dx = -reach.x; dx <= reach.x; dx++) {
      const value = re[row + ((dx + shape.width) % shape.width)]!;
      if (!(value > highest)) continue;
      highest = value;
      best = [dy, dx];
    }
  }
  return best;
}

/** Sets the lit pixels of a canvas to 1 in an image `stride` wide. */
function paintSupport(footprints: Footprints, image: Float64Array, stride: number): void {
  const { canvas, pixels, weights } = sparseCells(footprints);
  const light = new Float64Array(canvas.height * canvas.width);
  for (let k = 0; k < pixels.length; k++) light[pixels[k]!]! += weights[k]!;
  const peak = light.reduce((most, value) => Math.max(most, value), 0);
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      if (light[y * canvas.width + x]! > LIT * peak) image[y * stride + x] = 1;
    }
  }
}

/**
 * truth · conj(estimate) / |…| for every frequency. With Z(k) = E(k) + i T(k) of two real images,
 * 2 E(k) = Z(k) + conj Z(−k) and 2i T(k) = Z(k) − conj Z(−k).
 */
function crossPhases(
  real: Float64Array,
  imag: Float64Array,
  { height, width }: { readonly height: number; readonly width: number },
): [Float64Array, Float64Array] {
  const re = new Float64Array(real.length);
  const im = new Float64Array(real.length);
  const faint = FAINT * 4 * real[0]! * imag[0]!;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const k = y * width + x;
      const mirror = ((height - y) % height) * width + ((width - x) % width);
      const er = real[k]! + real[mirror]!;
      const ei = imag[k]! - imag[mirror]!;
      const tr = imag[k]! + imag[mirror]!;
      const ti = real[mirror]! - real[k]!;
      const cr = tr * er + ti * ei;
      const ci = ti * er - tr * ei;
      const size = Math.sqrt(cr * cr + ci * ci);
      if (!(size > faint)) continue;
      re[k] = cr / size;
      im[k] = ci / size;
    }
  }
  return [re, im];
}

function powerOfTwo(least: number): number {
  let size = 1;
  while (size < least) size *= 2;
  return size;
}
