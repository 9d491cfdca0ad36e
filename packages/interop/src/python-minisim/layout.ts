// The store that `minisim.Recording.save` of the Python package 1.0.x leaves: names, and how to know it.
import type { FieldName } from "@minisim/recording";
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
] as const satisfies readonly FieldName[];

/** Fields that are there when the attribute `gt_present` of the root lists them. */
export const OPTIONAL = [
  "observed_sigma_px",
  "observed_gain",
  "shifts",
  "illumination",
  "vignette",
  "leakage",
  "bleaching",
  "neuropil_temporal",
  "neuropil_spatial",
  "neuropil_population",
  "vasculature_mask",
  "vessel_overlap_fraction",
] as const satisfies readonly FieldName[];

/** Whether the folder is such a store. Never throws. */
export async function isPythonRecording(folder: string): Promise<boolean> {
  try {
    const attributes = await groupAttributes(folder);
    return attributes !== null && "format_version" in attributes && "gt_present" in attributes;
  } catch {
    return false;
  }
}
