// Brain regions: what the tissue decides of a spec. All lengths µm.
import type { AcquisitionInput } from "@minisim/spec";
import type { StepInput } from "../builtin.ts";
import { deepFreeze } from "./freeze.ts";

export interface Region {
  readonly title: string;
  readonly tissue: AcquisitionInput["tissue"];
  /** Fields of one population of place_neurons. */
  readonly population: NonNullable<StepInput<"place_neurons">["populations"]>[number];
  readonly neuropil: StepInput<"neuropil">;
  readonly vasculature: StepInput<"vasculature">;
}

const tissue = {
  scatter_mfp_excitation_um: 600,
  scatter_mfp_emission_um: 100,
  scatter_blur_per_um: 0.05,
} as const;

export const regions = deepFreeze({
  ca1: {
    title: "Hippocampal CA1, pyramidal layer",
    tissue,
    population: {
      density_per_mm3: 45000,
      soma_radius_um: 5,
      morphology: "cytosolic",
      depth_range_um: [140, 160],
    },
    neuropil: { kind: "neuropil", level: 13, depth_um: 150 },
    vasculature: {
      kind: "vasculature",
      enabled: true,
      layers: [{ depth_um: 120, n_roots: 3, root_radius_um: 14, opacity: 0.65 }],
    },
  },
  cortex_l23: {
    title: "Cortex, layer 2/3",
    tissue,
    population: {
      density_per_mm3: 8000,
      soma_radius_um: 6,
      morphology: "cytosolic",
      depth_range_um: [100, 200],
    },
    neuropil: { kind: "neuropil", level: 19, depth_um: 150 },
    vasculature: {
      kind: "vasculature",
      enabled: true,
      layers: [
        {
          depth_um: 80,
          n_roots: 2,
          root_radius_um: 25,
          opacity: 0.9,
          branch_prob: 0.15,
          tortuosity_deg: 5,
        },
      ],
    },
  },
} as const satisfies Record<string, Region>);

export type RegionName = keyof typeof regions;
