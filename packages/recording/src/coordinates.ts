// Where the frames, rows, columns and cells of a recording are: what its dimensions mean in seconds and micrometres.
import { geometryOf, type Spec, windowOf } from "@minisim/spec";
import type { GroundTruth } from "./ground-truth.ts";

const ofPixels = "of the pixels' centres from the optical axis.";

/** By name: the dimension, the unit, and what the values are. */
export const COORDINATES = {
  time_s: { dim: "frame", unit: "s", description: "Start of the frame." },
  y_um: { dim: "height", unit: "um", description: `Down, ${ofPixels}` },
  x_um: { dim: "width", unit: "um", description: `Right, ${ofPixels}` },
  depth_um: { dim: "unit", unit: "um", description: "Of the cell, below the surface." },
} as const;

export type CoordinateName = keyof typeof COORDINATES;

/** One value for each place along the dimension. */
export function coordinatesOf(
  { acquisition }: Spec,
  truth: GroundTruth,
): Record<CoordinateName, Float64Array> {
  const { pixel_size_um, fov } = geometryOf(acquisition);
  const { top, left } = windowOf(acquisition);
  const [height, width] = truth.fov_shape;
  const fromAxis = (first: number, count: number, whole: number) =>
    filled(count, (i) => (first + i - (whole - 1) / 2) * pixel_size_um);
  return {
    time_s: filled(truth.n_frames, (i) => i / acquisition.fps),
    y_um: fromAxis(top, height, fov.height),
    x_um: fromAxis(left, width, fov.width),
    depth_um: truth.depth_um.data,
  };
}

const filled = (length: number, at: (i: number) => number) =>
  Float64Array.from({ length }, (_, i) => at(i));
