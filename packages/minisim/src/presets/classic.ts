// The Miniscope V4 presets of the first edition, as far as the second has their meaning: for those who compare with the Python program.
import { deepFreeze } from "./freeze.ts";
import type { Region } from "./regions.ts";
import type { Scope } from "./scopes.ts";

const PIXEL_UM = 4.8 / 2.9;

const tissue = {
  scatter_mfp_excitation_um: 600,
  scatter_mfp_emission_um: 100,
  scatter_blur_per_um: 0.05,
} as const;

export const classicScope: Scope = deepFreeze({
  title: "UCLA Miniscope V4, first edition",
  source: "The first edition of this project",
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
  // 600 photons a pixel and frame, at 20 frames per second.
  photons_per_um2_s: (600 * 20) / (PIXEL_UM * PIXEL_UM),
  fields: [
    { kind: "illumination_profile", falloff: 0.7 },
    { kind: "vignette", falloff: 0.6 },
    { kind: "leakage", profile: "gaussian", level: 0.08 },
  ],
});

// Three components that drift slowly and much; the share of the light that a mean of the old fields, 0.5, gave.
const drifting = {
  kind: "neuropil",
  depth_um: 150,
  spatial_sigma_um: 40,
  n_components: 3,
  temporal_tau_s: 10,
  population_coupling: 0.5,
  fluctuation_cv: 0.1,
} as const;

/** Cells of CaLab's moderate activity and kinetics, with one resting light: the first edition's defaults. */
const activity = {
  indicator: "linear",
  kinetics_cv: 0,
  response_cv: 0,
  f0: 1,
  sampling_hz: 300,
  firing: "gate",
} as const;

export const classicRegions: Readonly<Record<"ca1" | "cortex_l23", Region>> = deepFreeze({
  ca1: {
    title: "Hippocampal CA1, pyramidal layer",
    tissue,
    population: {
      density_per_mm3: 45000,
      soma_radius_um: 5,
      morphology: "cytosolic",
      depth_range_um: [140, 160],
    },
    activity,
    neuropil: { ...drifting, level: 13 },
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
    activity,
    neuropil: { ...drifting, level: 19 },
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
} as const);
