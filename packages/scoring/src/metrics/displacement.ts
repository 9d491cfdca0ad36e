// How well the motion of tissue that turns and bends was estimated: against what every place of the field of view did, not its mean alone.
import type { Canvas } from "@minisim/footprint";
import { quantile } from "@minisim/kernels/statistics";
import type { PatchShifts, Rows } from "./estimate.ts";
import { meanOf, rootMeanSquare, type ShiftRmseOptions } from "./trajectories.ts";

/** What moved in a recording, as its ground truth has it: at a pixel, the shift plus the sum of weight times field. */
export interface TrueDisplacement {
  /** frame × 2, (dy, dx) px. */
  readonly shifts: ArrayLike<number>;
  /** Fields beyond the shifts; null where all of the tissue moved alike. */
  readonly fields: {
    /** field × (dy, dx) × height × width, px. */
    readonly basis: ArrayLike<number>;
    /** field × frame. */
    readonly weights: ArrayLike<number>;
  } | null;
  readonly fov: Canvas;
}

/**
 * Root mean square, in pixels, of the difference between one shift a frame and the displacement of every pixel, over frames, pixels and
 * both axes. What a rigid estimate cannot follow is part of it. Null as for `shiftRmse`.
 */
export function displacementRmse(
  estimate: ArrayLike<number>,
  truth: TrueDisplacement,
  options: ShiftRmseOptions = {},
): number | null {
  return shiftResidual(estimate, truth, options)?.rmse ?? null;
}

/** What motion is left when an estimate is taken off; both in px, and both axes. */
export interface ResidualMotion {
  /** Root mean square over frames and pixels. */
  readonly rmse: number;
  /** The 95th percentile over frames of the root mean square over pixels: bad frames, which a mean hides. */
  readonly p95: number;
}

/** Of one shift a frame, at every pixel of the field of view. Null as for `shiftRmse`. */
export function shiftResidual(
  estimate: ArrayLike<number>,
  truth: TrueDisplacement,
  options: ShiftRmseOptions = {},
): ResidualMotion | null {
  const whole = { top: 0, left: 0, ...truth.fov };
  const [field] = momentsOver([whole], truth);
  return residual(estimate, 1, [field!], truth, options, true);
}

/** Of shifts of patches, at every pixel of each patch: what lies in several counts in each. Null as for `shiftRmse`, and without patches. */
export function patchResidual(
  { patches, shifts }: PatchShifts,
  truth: TrueDisplacement,
  options: ShiftRmseOptions = {},
): ResidualMotion | null {
  const boxes = boxesOf(patches);
  return residual(shifts.data, boxes.length, momentsOver(boxes, truth), truth, options, true);
}

/**
 * Root mean square, in pixels, of the difference between the shift of each patch and the mean displacement of its pixels, over frames,
 * patches and both axes. Null as for `shiftRmse`, and without patches.
 */
export function patchShiftRmse(
  { patches, shifts }: PatchShifts,
  truth: TrueDisplacement,
  options: ShiftRmseOptions = {},
): number | null {
  const boxes = boxesOf(patches);
  const moments = momentsOver(boxes, truth);
  return residual(shifts.data, boxes.length, moments, truth, options, false)?.rmse ?? null;
}

function boxesOf({ shape, data }: Rows): Box[] {
  return Array.from({ length: shape[0]! }, (_, p) => {
    const [top, left, height, width] = data.subarray(4 * p, 4 * p + 4);
    return { top: top!, left: left!, height: height!, width: width! };
  });
}

interface Box extends Canvas {
  readonly top: number;
  readonly left: number;
}

/** Of the fields over a box: (dy, dx) of each one's mean, and the mean of the products of each two, both axes added. */
interface Moments {
  readonly means: readonly (readonly [dy: number, dx: number])[];
  readonly products: readonly (readonly number[])[];
}

/** @param spread whether the mean square counts how the displacement varies within a box */
function residual(
  estimate: ArrayLike<number>,
  count: number,
  moments: readonly Moments[],
  { shifts, fields }: TrueDisplacement,
  { correction = false, align = false }: ShiftRmseOptions,
  spread: boolean,
): ResidualMotion | null {
  const frames = shifts.length / 2;
  const sign = correction ? -1 : 1;
  const left = new Float64Array(2 * frames * count);
  const variances = new Float64Array(frames);
  for (let t = 0; t < frames; t++) {
    for (const [p, { means, products }] of moments.entries()) {
      const weights = means.map((_, k) => fields!.weights[k * frames + t]!);
      const mean = [0, 1].map((axis) =>
        means.reduce((sum, one, k) => sum + weights[k]! * one[axis]!, 0),
      );
      for (const axis of [0, 1]) {
        const at = 2 * (t * count + p) + axis;
        left[at] = sign * estimate[at]! - shifts[2 * t + axis]! - mean[axis]!;
      }
      if (!spread) continue;
      let variance = 0;
      for (const [k, row] of products.entries()) {
        for (const [l, product] of row.entries()) variance += weights[k]! * weights[l]! * product;
      }
      variances[t]! += variance - (mean[0]! * mean[0]! + mean[1]! * mean[1]!);
    }
  }
  if (left.length === 0 || !left.every(Number.isFinite)) return null;
  const offset = align ? meanOf(left) : [0, 0];
  const variance = variances.reduce((sum, value) => sum + value, 0);
  const rmse = rootMeanSquare(left, offset, Math.max(0, variance));
  if (rmse === null) return null;
  const ofFrame = variances.map((rest, t) => {
    const there = left.subarray(2 * t * count, 2 * (t + 1) * count);
    return rootMeanSquare(there, offset, Math.max(0, rest))!;
  });
  return { rmse, p95: quantile(ofFrame.sort(), 0.95) };
}

function momentsOver(boxes: readonly Box[], { fields, fov }: TrueDisplacement): Moments[] {
  if (fields === null) return boxes.map(() => ({ means: [], products: [] }));
  const { basis } = fields;
  const size = fov.height * fov.width;
  const numbers = Array.from({ length: basis.length / (2 * size) }, (_, k) => k);
  return boxes.map((box) => {
    const mean = (value: (pixel: number) => number) => meanOver(box, fov, value);
    const at = (k: number, axis: number, pixel: number) => basis[(2 * k + axis) * size + pixel]!;
    return {
      means: numbers.map((k) => [mean((i) => at(k, 0, i)), mean((i) => at(k, 1, i))] as const),
      products: numbers.map((k) =>
        numbers.map((l) => mean((i) => at(k, 0, i) * at(l, 0, i) + at(k, 1, i) * at(l, 1, i))),
      ),
    };
  });
}

function meanOver(
  { top, left, height, width }: Box,
  fov: Canvas,
  value: (pixel: number) => number,
): number {
  let sum = 0;
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) sum += value(y * fov.width + x);
  }
  return sum / (height * width);
}
