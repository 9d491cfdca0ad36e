// The fields of a ground truth that the scene itself knows, whatever steps made it: dimensions, type, unit and meaning of each. What a step
// leaves is declared beside the step and stands with these in `GroundTruth.fields`.

export type Dtype = "float64" | "bool";

/** What an array of the truth is. Dimensions that share a name have equal lengths. */
export interface FieldDeclaration {
  readonly dims: readonly string[];
  readonly dtype: Dtype;
  /** "1" where dimensionless. */
  readonly unit: string;
  readonly description: string;
}

/** Names of arrays of the truth. A step's own truth declarations are such tokens. */
export interface FieldToken {
  readonly name: string;
}

const numbers = (dims: readonly string[], unit: string, description: string) =>
  ({ dims, dtype: "float64", unit, description }) as const satisfies FieldDeclaration;
const flags = (dims: readonly string[], description: string) =>
  ({ dims, dtype: "bool", unit: "1", description }) as const satisfies FieldDeclaration;

/** Every ground truth has these. */
export const ALWAYS_FIELDS = {
  C: numbers(["unit", "frame"], "1", "Clean calcium, expression gain included."),
  S: numbers(["unit", "frame"], "1", "Spikes per frame."),
  centers_um: numbers(
    ["unit", "axis_zyx"],
    "um",
    "Cell centres (z, y, x): depth below the surface, offsets from the optical axis.",
  ),
  amplitude_per_cell: numbers(["unit"], "1", "Expression gain; NaN without activity."),
  in_focus: flags(["unit"], "Within the depth of field of the (curved) focal surface."),
  detectable: flags(
    ["unit"],
    "transient_dprime times overlap_cost at or above the threshold, and half of the light or more in view; without a sensor, in focus and in view.",
  ),
  detection_snr: numbers(
    ["unit"],
    "1",
    "Largest rise of the cell's brightest pixel over the noise of that pixel at rest, in one frame; it grows with the duration. NaN without a sensor.",
  ),
} as const;

/** Null where no optics ran, where nothing lies in front of the cells, or in recordings of an earlier version. */
export const SOMETIMES_FIELDS = {
  visible_fraction: numbers(
    ["unit"],
    "1",
    "Share of the light of the cell's observed footprint that falls into the field of view.",
  ),
  transient_dprime: numbers(
    ["unit"],
    "1",
    "Largest rise of the cell's light in one frame over the error of the best possible demixing, as far as its brightest pixel can show it; it grows with the duration. NaN without a sensor.",
  ),
  spike_dprime: numbers(
    ["unit"],
    "1",
    "Matched filter of the light of one spike at rest, over the error of the best possible demixing in each frame. NaN without the light of cells, a sensor or spikes.",
  ),
  overlap_cost: numbers(
    ["unit"],
    "1",
    "Error of the best possible demixing over that of the cell without neighbours and background, 1 or more. NaN where there is no light of the cell to measure.",
  ),
  predicted_trace_corr: numbers(
    ["unit"],
    "1",
    "Correlation with C that the trace of the best possible demixing has on average. NaN without the light of cells or a sensor.",
  ),
  observed_sigma_px: numbers(["unit"], "px", "Width of the blur that the optics give the cell."),
  observed_gain: numbers(["unit"], "1", "Factor on the blurred planted footprint."),
  vessel_overlap_fraction: numbers(
    ["unit"],
    "1",
    "Fraction of the cell's observed light that vessels take.",
  ),
} as const;

export const CORE_FIELDS = { ...ALWAYS_FIELDS, ...SOMETIMES_FIELDS } as const;
export type CoreFieldName = keyof typeof CORE_FIELDS;
export const CORE_NAMES = Object.keys(CORE_FIELDS) as CoreFieldName[];

/** Fields of steps that are plain properties too, `ground_truth.shifts`: null where no step left them. */
export const STEP_PROPERTIES = [
  "shifts",
  "illumination",
  "vignette",
  "leakage",
  "bleaching",
  "neuropil_temporal",
  "neuropil_spatial",
  "neuropil_population",
  "vasculature_mask",
  "halo_light",
  "halo_sigma_px",
] as const;
export type StepProperty = (typeof STEP_PROPERTIES)[number];

/** Dimensions whose length the name fixes. */
export const FIXED_DIMS: Readonly<Record<string, number>> = { axis_yx: 2, axis_zyx: 3 };
