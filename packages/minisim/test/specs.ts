// The specs whose bytes are pinned: small, and between them through every step.
import { buildSpec, type SpecInput } from "minisim";

const small = { n_px_height: 90, n_px_width: 102 } as const;

export const minimal = {
  acquisition: { duration_s: 2, image_sensor: { n_px_height: 64, n_px_width: 72 } },
  seed: 7,
  steps: [
    { kind: "place_neurons", density_per_mm3: 4e5, depth_range_um: [0, 60], soma_radius_um: 4 },
    { kind: "cell_activity", rate_hz: 3, silent_fraction: 0 },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "sensor" },
  ],
} satisfies SpecInput;

/** Five chunks of the observed movie and of each snapshot: a float32 canvas of just over 16 MiB / 128 sets their length, 64 frames. */
export const fiveChunks = {
  ...minimal,
  acquisition: { duration_s: 13, image_sensor: { n_px_height: 184, n_px_width: 184 } },
  output: { save_intermediates: true },
} satisfies SpecInput;

// Not the preset's own numbers where those follow the real recordings: these bytes do not.
const v4 = buildSpec("miniscope_v4", "ca1", {
  duration_s: 3,
  seed: 11,
  activity: { f0: 14 },
  extra_steps: [
    { kind: "bleaching", bleach_susceptibility: 0.001 },
    { kind: "brain_motion" },
    { kind: "neuropil", level: 100, depth_um: 145, fluctuation_cv: 0.02 },
    {
      kind: "vasculature",
      enabled: true,
      layers: [
        { depth_um: 120, n_roots: 3, root_radius_um: 14, opacity: 0.35 },
        { depth_um: 140, n_roots: 6, root_radius_um: 5, opacity: 0.2 },
      ],
    },
  ],
});

/** All twelve steps on a corner-sized V4 sensor. */
export const allTwelve = {
  ...v4,
  acquisition: {
    ...v4.acquisition,
    tissue: { ...v4.acquisition?.tissue, scatter_blur_per_um: 0.07 },
    image_sensor: { ...v4.acquisition?.image_sensor, ...small },
  },
} satisfies SpecInput;

/** The same through 12 bits, a walk, a second population and a uniform leak. */
export const variant = {
  ...allTwelve,
  acquisition: {
    ...allTwelve.acquisition,
    focal_depth_in_tissue_um: 150,
    image_sensor: {
      ...allTwelve.acquisition.image_sensor,
      adc_bits: 12,
      bit_depth: 12,
      gain_adu_per_e: 3.5,
    },
  },
  seed: 9007199254740991,
  steps: [
    {
      kind: "place_neurons",
      populations: [
        { density_per_mm3: 30000, depth_range_um: [100, 200], min_distance_um: 12 },
        {
          positions_um: [
            [150, 0, 0],
            [155, -30.5, 41.25],
          ],
          morphology: "cytosolic",
        },
      ],
    },
    { kind: "cell_activity", trace_noise: 0.01 },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "brain_motion", model: "walk" },
    { kind: "leakage", profile: "uniform" },
    { kind: "sensor", photons_per_um2_s: 37_000 },
  ],
} satisfies SpecInput;

/** All that changes from frame to frame without a neuron: blood, lamp and faults, on the way of all twelve. */
export const unsteady = {
  ...allTwelve,
  seed: 12,
  steps: [
    ...allTwelve.steps,
    { kind: "hemodynamics" },
    { kind: "illumination_drift", flicker_cv: 0.02, wander_cv: 0.01 },
    {
      kind: "acquisition_faults",
      lost_rate: 0.05,
      duplicated_rate: 0.05,
      torn_rate: 0.1,
      striped_rate: 0.1,
    },
  ],
} satisfies SpecInput;

export const pinned = { minimal, all_twelve: allTwelve, variant, unsteady } as const;
