// The fields of a ground truth: dimensions, type, unit and meaning of each, declared once. Schema, store and docs read this table.

export type Dtype = "float64" | "bool";

export interface FieldDeclaration {
  readonly dims: readonly string[];
  readonly dtype: Dtype;
  readonly unit: string;
  readonly description: string;
  /** False for what only some step leaves: null when no step did. */
  readonly always: boolean;
}

type Declared<D extends Dtype, A extends boolean> = FieldDeclaration & {
  readonly dtype: D;
  readonly always: A;
};

const field = <const D extends Dtype = "float64", const A extends boolean = false>(
  dims: readonly string[],
  unit: string,
  description: string,
  options: { readonly dtype?: D; readonly always?: A } = {},
): Declared<D, A> => ({
  dims,
  unit,
  description,
  dtype: options.dtype ?? ("float64" as D),
  always: options.always ?? (false as A),
});
const always = { always: true } as const;

export const GROUND_TRUTH_FIELDS = {
  C: field(["unit", "frame"], "1", "Clean calcium, expression gain included.", always),
  S: field(["unit", "frame"], "1", "Spikes per frame.", always),
  centers_um: field(
    ["unit", "axis_zyx"],
    "um",
    "Cell centres (z, y, x): depth below the surface, offsets from the optical axis.",
    always,
  ),
  amplitude_per_cell: field(["unit"], "1", "Expression gain; NaN without activity.", always),
  in_focus: field(["unit"], "1", "Within the depth of field of the (curved) focal surface.", {
    dtype: "bool",
    always: true,
  }),
  detectable: field(["unit"], "1", "Detection SNR at or above the threshold.", {
    dtype: "bool",
    always: true,
  }),
  detection_snr: field(
    ["unit"],
    "1",
    "Peak signal over noise of the cell's brightest pixel in one frame; NaN without a sensor.",
    always,
  ),
  observed_sigma_px: field(["unit"], "px", "Width of the blur that the optics give the cell."),
  observed_gain: field(["unit"], "1", "Factor on the blurred planted footprint."),
  shifts: field(["frame", "axis_yx"], "px", "Displacement (dy, dx) of the content."),
  illumination: field(["height", "width"], "1", "Relative excitation intensity."),
  vignette: field(["height", "width"], "1", "Relative collection efficiency."),
  leakage: field(["height", "width"], "1", "Light added by leakage, in emission units."),
  bleaching: field(["unit", "frame"], "1", "Fraction of the fluorophore still intact."),
  neuropil_temporal: field(["component", "frame"], "1", "Time courses of the neuropil."),
  neuropil_spatial: field(["component", "height", "width"], "1", "Fields of the neuropil."),
  neuropil_population: field(["frame"], "1", "Shared population drive of the neuropil, mean 1."),
  vasculature_mask: field(["height", "width"], "1", "Fraction of light the vessels let through."),
  vessel_overlap_fraction: field(
    ["unit"],
    "1",
    "Fraction of the cell's observed light that vessels take.",
  ),
} as const satisfies Record<string, FieldDeclaration>;

export type FieldName = keyof typeof GROUND_TRUTH_FIELDS;
export const FIELD_NAMES = Object.keys(GROUND_TRUTH_FIELDS) as FieldName[];

/** Dimensions whose length the name fixes. */
export const FIXED_DIMS: Readonly<Record<string, number>> = { axis_yx: 2, axis_zyx: 3 };
