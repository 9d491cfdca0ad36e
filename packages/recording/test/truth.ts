// A complete ground truth by hand: three units on a canvas of 12 × 13, FOV of 8 × 9 at (2, 2), four frames.
import { FootprintStack } from "@minisim/footprint";
import { type GivenField, type GroundTruthInput, nd } from "@minisim/recording";

export const UNITS = 3;
export const FRAMES = 4;
export const CANVAS = { height: 12, width: 13 };
export const FOV = { height: 8, width: 9 };

const range = (...shape: number[]) => {
  const length = shape.reduce((a, b) => a * b, 1);
  return nd(
    Float64Array.from({ length }, (_, i) => i),
    shape,
  );
};
const flags = (...values: number[]) => nd(Uint8Array.from(values), [values.length]);
const patch = (row: number, col: number, height: number, width: number) => ({
  row,
  col,
  height,
  width,
  data: Float32Array.from({ length: height * width }, (_, i) => (i + 1) / (height * width)),
});

const left = (name: string, dims: readonly string[], ...shape: number[]): GivenField => ({
  name,
  dims,
  unit: "1",
  description: `What a step leaves as ${name}.`,
  value: range(...shape),
});

/** What steps left, some of it under names that are properties too. */
export const STEP_FIELDS: readonly GivenField[] = [
  left("shifts", ["frame", "axis_yx"], FRAMES, 2),
  left("illumination", ["height", "width"], FOV.height, FOV.width),
  left("bleaching", ["unit", "frame"], UNITS, FRAMES),
  left("neuropil_temporal", ["component", "frame"], 2, FRAMES),
  left("neuropil_spatial", ["component", "height", "width"], 2, FOV.height, FOV.width),
  left("halo", ["unit", "ring"], UNITS, 2),
  left("lamp", ["frame"], FRAMES),
];

export function truthData(changes: Partial<GroundTruthInput> = {}): GroundTruthInput {
  const planted = FootprintStack.from(
    [patch(4, 5, 2, 3), patch(0, 0, 3, 3), patch(8, 9, 2, 1)],
    CANVAS,
  );
  return {
    planted,
    fov_offset: [2, 2],
    fov_shape: [FOV.height, FOV.width],
    C: range(UNITS, FRAMES),
    S: range(UNITS, FRAMES),
    centers_um: range(UNITS, 3),
    amplitude_per_cell: range(UNITS),
    in_focus: flags(1, 0, 0),
    detectable: flags(1, 0, 1),
    detection_snr: range(UNITS),
    visible_fraction: range(UNITS),
    transient_dprime: range(UNITS),
    spike_dprime: range(UNITS),
    overlap_cost: range(UNITS),
    predicted_trace_corr: range(UNITS),
    observed_sigma_px: nd(Float64Array.of(0.8, 0, 1.5), [UNITS]),
    observed_gain: nd(Float64Array.of(0.5, 1, 0.25), [UNITS]),
    vessel_overlap_fraction: range(UNITS),
    spike_times_s: { offsets: Int32Array.of(0, 2, 2, 5), data: Float64Array.of(1, 2, 3, 4, 5) },
    focal_depth_um: 150,
    step_fields: STEP_FIELDS,
    ...changes,
  };
}
