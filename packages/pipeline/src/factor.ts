// Factors on light that vary over the field of view, in time, or in both.
import { nearestPixel, sampleFieldAt } from "@minisim/sensor";
import type { Geometry } from "@minisim/spec";
import { area, type SceneGeometry, type Shape, sameShape } from "./geometry.ts";
import type { FrameSeries } from "./series.ts";
import type { FactRule } from "./tokens.ts";

/** A static scalar field over the FOV, row-major, dimensionless. */
export interface Field extends Shape {
  readonly data: Float64Array;
}

/** A field whose values are computed when somebody first reads them. */
export function lazyField({ height, width }: Shape, compute: () => Float64Array): Field {
  let data: Float64Array | undefined;
  return {
    height,
    width,
    get data() {
      data ??= compute();
      return data;
    },
  };
}

/** One row of values that are computed when somebody first reads them. */
export function lazySeries(frames: number, compute: () => Float64Array): FrameSeries {
  let data: Float64Array | undefined;
  return {
    rows: 1,
    frames,
    read(_, start, end, target, at) {
      data ??= compute();
      target.set(data.subarray(start, end), at);
    },
  };
}

/**
 * A dimensionless factor: the same everywhere and always; a field over the FOV; or a series of frames, of which there is
 * one row for the whole field or one for each pixel of the FOV, row-major.
 */
export type Factor = number | Field | FrameSeries;

/** The rule of facts whose announced factors multiply; 1 where nobody announces any. */
export const product: FactRule<readonly Factor[], Factor> = Object.freeze({
  neutral: Object.freeze([]),
  merge: (all: readonly Factor[], one: Factor) => [...all, one],
  problem(factor: Factor, { fov, n_frames }: Geometry) {
    if (typeof factor === "number") return undefined;
    const size = `${fov.height} × ${fov.width}`;
    if ("height" in factor) {
      return sameShape(factor, fov) ? undefined : `the field must cover the FOV, ${size}.`;
    }
    const fits = factor.frames === n_frames && [1, area(fov)].includes(factor.rows);
    return fits
      ? undefined
      : `the series needs ${n_frames} frames, and one row or one for each of ${size} pixels.`;
  },
});

/** A product of factors at one place. */
export interface LocalFactor {
  /** What does not change in time. */
  readonly steady: number;
  /** The rest, one row; null where nothing changes. */
  readonly course: FrameSeries | null;
}

/** The product of factors at a lateral position (µm): fields are read at the nearest pixel, clamped to the FOV. */
export function factorAt(
  factors: readonly Factor[],
  { fov, pixel_size_um }: SceneGeometry,
  y_um: number,
  x_um: number,
): LocalFactor {
  let steady = 1;
  const courses: FrameSeries[] = [];
  for (const factor of factors) {
    if (typeof factor === "number") steady *= factor;
    else if ("height" in factor) {
      steady *= sampleFieldAt(factor.data, factor, pixel_size_um, y_um, x_um);
    } else if (factor.rows === 1) courses.push(factor);
    else courses.push(rowAlone(factor, nearestPixel(fov, pixel_size_um, y_um, x_um)));
  }
  return { steady, course: productOf(courses) };
}

/** The mean over the recording of the product of factors at one place. */
export function meanFactor(locals: readonly LocalFactor[]): number {
  const steady = locals.reduce((all, local) => all * local.steady, 1);
  const course = productOf(locals.flatMap((local) => local.course ?? []));
  return course ? steady * meanOf(course) : steady;
}

function rowAlone(series: FrameSeries, row: number): FrameSeries {
  return {
    rows: 1,
    frames: series.frames,
    read: (_, start, end, target, at) => series.read(row, start, end, target, at),
  };
}

function productOf(courses: readonly FrameSeries[]): FrameSeries | null {
  const [first, ...others] = courses;
  if (!first || others.length === 0) return first ?? null;
  return {
    rows: 1,
    frames: first.frames,
    read(_, start, end, target, at) {
      first.read(0, start, end, target, at);
      const values = new Float64Array(end - start);
      for (const other of others) {
        other.read(0, start, end, values, 0);
        for (let i = 0; i < values.length; i++) target[at + i]! *= values[i]!;
      }
    },
  };
}

// A lamp's course is the same for all cells.
const means = new WeakMap<FrameSeries, number>();

function meanOf(course: FrameSeries): number {
  const known = means.get(course);
  if (known !== undefined) return known;
  const values = new Float64Array(course.frames);
  course.read(0, 0, course.frames, values, 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  means.set(course, mean);
  return mean;
}
