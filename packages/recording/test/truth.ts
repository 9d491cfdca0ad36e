// A complete ground truth by hand: three units on a canvas of 12 × 13, FOV of 8 × 9 at (2, 2), four frames.
import { FootprintStack } from "@minisim/footprint";
import { type GroundTruthData, nd } from "@minisim/recording";

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

export function truthData(changes: Partial<GroundTruthData> = {}): GroundTruthData {
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
    observed_sigma_px: nd(Float64Array.of(0.8, 0, 1.5), [UNITS]),
    observed_gain: nd(Float64Array.of(0.5, 1, 0.25), [UNITS]),
    shifts: range(FRAMES, 2),
    illumination: range(FOV.height, FOV.width),
    vignette: range(FOV.height, FOV.width),
    leakage: range(FOV.height, FOV.width),
    bleaching: range(UNITS, FRAMES),
    neuropil_temporal: range(2, FRAMES),
    neuropil_spatial: range(2, FOV.height, FOV.width),
    neuropil_population: range(FRAMES),
    vasculature_mask: range(FOV.height, FOV.width),
    vessel_overlap_fraction: range(UNITS),
    spike_times_s: { offsets: Int32Array.of(0, 2, 2, 5), data: Float64Array.of(1, 2, 3, 4, 5) },
    focal_depth_um: 150,
    extra: {
      halo: { dims: ["unit", "ring"], unit: "px", description: "Rings.", array: range(UNITS, 2) },
      lamp: { dims: ["frame"], unit: "1", description: "Flicker.", array: range(FRAMES) },
    },
    ...changes,
  };
}
