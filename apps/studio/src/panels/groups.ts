// Which parameters stand together: the way of the light, from the instrument through the tissue to the chip.
import type { StepInfo } from "../engine/types.ts";

export interface Part {
  /** Section of the spec, for parameters that no step owns. */
  readonly section: readonly string[];
  /** Only these fields of it; all where absent. */
  readonly fields?: readonly string[];
}

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly Part[];
  readonly steps: readonly string[];
  /** Parameters of other groups that are shown here as well, each by its section or step and its name, and how they are called here. */
  readonly knobs?: readonly (readonly [where: string, field: string, label?: string])[];
}

const GROUPS: readonly Group[] = [
  {
    id: "main",
    title: "Six to begin with",
    parts: [],
    steps: [],
    knobs: [
      ["optics", "na"],
      ["acquisition", "focal_depth_in_tissue_um"],
      ["sensor", "photons_per_um2_s"],
      ["neuropil", "level", "background level"],
      ["brain_motion", "motion_amplitude_um"],
      ["acquisition", "duration_s"],
    ],
  },
  {
    id: "session",
    title: "Session",
    parts: [
      { section: ["acquisition"], fields: ["duration_s", "fps"] },
      { section: [], fields: ["seed"] },
    ],
    steps: [],
  },
  {
    id: "scope",
    title: "Scope",
    parts: [
      { section: ["acquisition", "optics"] },
      {
        section: ["acquisition"],
        fields: ["focal_depth_in_tissue_um", "front_working_distance_um"],
      },
    ],
    steps: ["optics"],
  },
  { id: "tissue", title: "Tissue", parts: [{ section: ["acquisition", "tissue"] }], steps: [] },
  { id: "cells", title: "Cells", parts: [], steps: ["place_neurons", "composite"] },
  { id: "activity", title: "Activity", parts: [], steps: ["cell_activity", "bleaching"] },
  { id: "background", title: "Background", parts: [], steps: ["neuropil"] },
  { id: "vessels", title: "Vessels", parts: [], steps: ["vasculature", "hemodynamics"] },
  { id: "motion", title: "Motion", parts: [], steps: ["brain_motion"] },
  {
    id: "light",
    title: "Light",
    parts: [],
    steps: ["illumination_profile", "vignette", "leakage", "illumination_drift"],
  },
  {
    id: "sensor",
    title: "Sensor",
    parts: [{ section: ["acquisition", "image_sensor"] }],
    steps: ["sensor", "acquisition_faults"],
  },
  { id: "output", title: "Output", parts: [{ section: ["output"] }], steps: [] },
];

/** The groups, and one more for steps that none of them knows. */
export function groupsFor(steps: readonly StepInfo[]): readonly Group[] {
  const known = new Set(GROUPS.flatMap((group) => group.steps));
  const others = steps.map(({ kind }) => kind).filter((kind) => !known.has(kind));
  if (others.length === 0) return GROUPS;
  return [...GROUPS, { id: "others", title: "Other effects", parts: [], steps: others }];
}
