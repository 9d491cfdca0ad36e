// Instruments: what a scope decides of a spec. All lengths µm.
import type { AcquisitionInput } from "@minisim/spec";
import type { StepInput } from "../builtin.ts";
import { deepFreeze } from "./freeze.ts";

export interface Scope {
  readonly title: string;
  readonly source: string;
  readonly acquisition: AcquisitionInput;
  readonly photons_per_unit: number;
  /** The scope's own light field and stray light. */
  readonly fields: readonly StepInput[];
}

export const scopes = deepFreeze({
  miniscope_v4: {
    title: "UCLA Miniscope V4",
    source: "Aharoni lab, open hardware: github.com/Aharoni-Lab/Miniscope-v4",
    acquisition: {
      optics: { na: 0.3, magnification: 2.9, emission_nm: 525, field_curvature_radius_um: 2500 },
      image_sensor: {
        n_px_height: 608,
        n_px_width: 608,
        pixel_pitch_um: 4.8,
        quantum_efficiency: 0.7,
        read_noise_e: 2,
        gain_adu_per_e: 1,
        bit_depth: 8,
      },
      front_working_distance_um: 700,
    },
    photons_per_unit: 600,
    fields: [
      { kind: "illumination_profile", falloff: 0.7 },
      { kind: "vignette", falloff: 0.6 },
      { kind: "leakage", profile: "gaussian", level: 0.08 },
    ],
  },
  generic_1p: {
    title: "A generic 1-photon scope with a flat field",
    source: "The library's defaults",
    acquisition: {},
    photons_per_unit: 100,
    fields: [],
  },
} as const satisfies Record<string, Scope>);

export type ScopeName = keyof typeof scopes;
