// How well the light behind the cells was estimated: both as sums of images times time courses.
import { fieldPearson, tracePearson } from "./correlation.ts";

/** Σ_k image_k(p) · course_k(t). */
export interface Factors {
  /** component × pixel. */
  readonly images: readonly ArrayLike<number>[];
  /** component × frame. */
  readonly courses: readonly ArrayLike<number>[];
}

/** Null where either is constant or not finite. */
export interface BackgroundErrors {
  /** Pearson's correlation over pixels of the two means over time. */
  readonly background_space_corr: number | null;
  /** Over frames, of the two means over the field. */
  readonly background_time_corr: number | null;
  /**
   * min over a ≥ 0 of ‖B_true − a · B_est‖ / ‖B_true‖ over pixels and frames, where both are less each pixel's mean over time: 0 to 1. How bright a
   * background is at rest cannot be told from the camera's offset and the baselines of cells; how it changes can.
   */
  readonly background_error: number | null;
}

/** Without an estimate or a truth. */
export const NO_BACKGROUND: BackgroundErrors = {
  background_space_corr: null,
  background_time_corr: null,
  background_error: null,
};

/** @throws RangeError where the two are of other pixels or frames. */
export function backgroundErrors(estimate: Factors, truth: Factors): BackgroundErrors {
  if (estimate.images.length === 0 || truth.images.length === 0) return NO_BACKGROUND;
  const [found, real] = [changing(estimate), changing(truth)];
  const along = product(found, real);
  const [length, whole] = [product(found, found), product(real, real)];
  const known = Number.isFinite(along) && length > 0 && whole > 0;
  const explained = along > 0 ? (along / length) * (along / whole) : 0;
  return {
    background_space_corr: fieldPearson(meanImage(estimate), meanImage(truth)),
    background_time_corr: tracePearson(meanCourse(estimate), meanCourse(truth)),
    background_error: known ? Math.sqrt(Math.max(0, 1 - explained)) : null,
  };
}

/** Every course less its mean. */
const changing = ({ images, courses }: Factors): Factors => ({
  images,
  courses: courses.map((course) => {
    const mean = meanOf(course);
    return Float64Array.from(course, (value) => value - mean);
  }),
});

/** Over all pixels and frames: of the images times that of the courses, for each two components. */
function product(a: Factors, b: Factors): number {
  let sum = 0;
  for (const [k, image] of a.images.entries()) {
    for (const [l, other] of b.images.entries()) {
      sum += inner(image, other) * inner(a.courses[k]!, b.courses[l]!);
    }
  }
  return sum;
}

const meanImage = ({ images, courses }: Factors): Float64Array =>
  weighted(images, courses.map(meanOf));
const meanCourse = ({ images, courses }: Factors): Float64Array =>
  weighted(courses, images.map(meanOf));

function weighted(rows: readonly ArrayLike<number>[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(rows[0]?.length ?? 0);
  for (const [k, row] of rows.entries()) {
    for (let i = 0; i < sum.length; i++) sum[i]! += weights[k]! * row[i]!;
  }
  return sum;
}

function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}
