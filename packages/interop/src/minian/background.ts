// The background as minian keeps it: one image times one time course.
import type { GroundTruth } from "@minisim/recording";

export interface Background {
  /** height × width: its mean over time. */
  readonly b: Float64Array;
  /** frame: its light over the whole field, mean 1. */
  readonly f: Float64Array;
}

/**
 * Neuropil and leakage as the product b · f that has their mean image and their total light in every frame: exact for
 * one component alone.
 */
export function backgroundOf(truth: GroundTruth, frames: number): Background {
  const [height, width] = truth.fov_shape;
  const b = new Float64Array(height * width);
  const f = new Float64Array(frames);
  addNeuropil(truth, b, f);
  if (truth.leakage) {
    const glow = truth.leakage.data;
    let sum = 0;
    for (let pixel = 0; pixel < b.length; pixel++) {
      b[pixel]! += glow[pixel]!;
      sum += glow[pixel]!;
    }
    for (let frame = 0; frame < frames; frame++) f[frame]! += sum;
  }
  let mean = 0;
  for (const value of f) mean += value / frames;
  for (let frame = 0; frame < frames; frame++) f[frame] = mean === 0 ? 1 : f[frame]! / mean;
  return { b, f };
}

function addNeuropil(
  { neuropil_spatial, neuropil_temporal }: GroundTruth,
  b: Float64Array,
  f: Float64Array,
): void {
  if (!neuropil_spatial || !neuropil_temporal) return;
  const components = neuropil_spatial.shape[0]!;
  for (let component = 0; component < components; component++) {
    const field = neuropil_spatial.data.subarray(component * b.length, (component + 1) * b.length);
    const course = neuropil_temporal.data.subarray(
      component * f.length,
      (component + 1) * f.length,
    );
    let sum = 0;
    let mean = 0;
    for (const value of field) sum += value;
    for (const value of course) mean += value / f.length;
    for (let pixel = 0; pixel < b.length; pixel++) b[pixel]! += mean * field[pixel]!;
    for (let frame = 0; frame < f.length; frame++) f[frame]! += sum * course[frame]!;
  }
}
