// The store that `minisim.Recording.save` of the Python package 1.0.x leaves: names, and how to know it.
import type { CoreFieldName, FieldDeclaration } from "@minisim/recording";
import { groupAttributes } from "../zarr2/folder.ts";

export const FORMAT_VERSION = 2;

/** Fields that are always there. */
export const ALWAYS = [
  "C",
  "S",
  "centers_um",
  "amplitude_per_cell",
  "in_focus",
  "detectable",
] as const satisfies readonly CoreFieldName[];

/** What of the scene may be there too. */
const SOMETIMES = [
  "observed_sigma_px",
  "observed_gain",
  "vessel_overlap_fraction",
] as const satisfies readonly CoreFieldName[];

type StepField = Pick<FieldDeclaration, "dims" | "unit" | "description">;

/** What steps of that package leave, which keeps neither dimensions nor units in its files. */
export const STEP_FIELDS: Readonly<Record<string, StepField>> = {
  shifts: field(["frame", "axis_yx"], "px", "Displacement (dy, dx) of the content."),
  illumination: field(["height", "width"], "1", "Relative excitation intensity."),
  vignette: field(["height", "width"], "1", "Relative collection efficiency."),
  leakage: field(["height", "width"], "1", "Light added by leakage, in emission units."),
  bleaching: field(["unit", "frame"], "1", "Fraction of the fluorophore still intact."),
  neuropil_temporal: field(["component", "frame"], "1", "Time courses of the neuropil."),
  neuropil_spatial: field(["component", "height", "width"], "1", "Fields of the neuropil."),
  neuropil_population: field(["frame"], "1", "Shared population drive of the neuropil, mean 1."),
  vasculature_mask: field(["height", "width"], "1", "Fraction of light the vessels let through."),
};

/** Fields that are there when the attribute `gt_present` of the root lists them. */
export const OPTIONAL: readonly string[] = [...SOMETIMES, ...Object.keys(STEP_FIELDS)];

/** The field of the neuropil that is of another scale here: FIELD_MEAN tells. */
export const SCALED = "neuropil_spatial";
/** The envelope of the population has a mean of 1 there, and a mean of 0 and a standard deviation of 1 here. */
const OTHERWISE = "neuropil_population";

/** Fields that are written when the truth has them. */
export const WRITTEN: readonly string[] = OPTIONAL.filter((name) => name !== OTHERWISE);

/** Whether the folder is such a store. Never throws. */
export async function isPythonRecording(folder: string): Promise<boolean> {
  try {
    const attributes = await groupAttributes(folder);
    return attributes !== null && "format_version" in attributes && "gt_present" in attributes;
  } catch {
    return false;
  }
}

function field(dims: readonly string[], unit: string, description: string): StepField {
  return { dims, unit, description };
}
