// What of a ground truth is no array with named dimensions: footprints, the place of the field of view, lists of spike times.
import type { FootprintStack } from "@minisim/footprint";

/** One list of numbers for each unit: unit i owns data[offsets[i] .. offsets[i + 1]). */
export interface Ragged {
  readonly offsets: Int32Array;
  readonly data: Float64Array;
}

/** What of a ground truth is no array with named dimensions. */
export interface Structure {
  /** Canvas coordinates. */
  readonly planted: FootprintStack;
  /** (top, left) of the sensor's field of view on the canvas. */
  readonly fov_offset: readonly [number, number];
  /** (height, width). */
  readonly fov_shape: readonly [number, number];
  /** Sub-frame spike times, s from the start of frame 0. */
  readonly spike_times_s: Ragged;
  /** Resolved focal plane on the axis, µm below the surface. */
  readonly focal_depth_um: number | null;
}

/** The lists of the given units. */
export function takeRagged({ offsets, data }: Ragged, units: readonly number[]): Ragged {
  const taken = new Int32Array(units.length + 1);
  for (const [i, unit] of units.entries()) {
    taken[i + 1] = taken[i]! + offsets[unit + 1]! - offsets[unit]!;
  }
  const values = new Float64Array(taken[units.length]!);
  for (const [i, unit] of units.entries()) {
    values.set(data.subarray(offsets[unit]!, offsets[unit + 1]!), taken[i]!);
  }
  return { offsets: taken, data: values };
}
