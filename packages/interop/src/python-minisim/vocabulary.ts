// The words of a spec of the Python package minisim 1.0.3, in its own order: from the JSON Schema that it prints
// (`Spec.model_json_schema()`).

/** Fields of an object, in the order in which the package writes them; nested objects by name. */
export const FIELDS = {
  spec: ["acquisition", "seed", "steps", "output"],
  acquisition: [
    "optics",
    "image_sensor",
    "tissue",
    "fps",
    "duration_s",
    "focal_depth_in_tissue_um",
    "front_working_distance_um",
  ],
  optics: ["na", "magnification", "emission_nm", "depth_of_field_um", "field_curvature_radius_um"],
  image_sensor: [
    "n_px_height",
    "n_px_width",
    "pixel_pitch_um",
    "quantum_efficiency",
    "read_noise_e",
    "gain_adu_per_e",
    "bit_depth",
  ],
  tissue: ["scatter_mfp_excitation_um", "scatter_mfp_emission_um", "scatter_blur_per_um"],
  output: ["save_intermediates", "store_dtype"],
  population: [
    "density_per_mm3",
    "soma_radius_um",
    "irregularity",
    "morphology",
    "dendrite_length_um",
    "dendrite_width_um",
    "depth_range_um",
    "min_distance_um",
    "positions_um",
  ],
  vessel_layer: [
    "depth_um",
    "n_roots",
    "root_radius_um",
    "min_radius_um",
    "opacity",
    "absorption_per_um",
    "branch_prob",
    "tortuosity_deg",
    "branch_angle_deg",
    "branch_area_main",
    "step_per_radius",
  ],
} as const;

/** Fields of every kind of step, in the order in which the package runs them. */
export const STEPS: Readonly<Record<string, readonly string[]>> = {
  place_neurons: [...FIELDS.population, "kind", "populations"],
  cell_activity: [
    "kind",
    "spike_sim_hz",
    "p_quiescent_to_active",
    "p_active_to_quiescent",
    "active_rate_hz",
    "quiescent_rate_hz",
    "tau_rise_s",
    "tau_decay_s",
    "brightness_cv",
    "f0",
    "trace_noise",
  ],
  bleaching: ["kind", "bleach_susceptibility", "turnover_tau_s", "excitation_intensity"],
  optics: ["kind"],
  composite: ["kind"],
  neuropil: [
    "kind",
    "spatial_sigma_um",
    "temporal_tau_s",
    "population_tau_s",
    "amplitude",
    "n_components",
    "population_coupling",
  ],
  vasculature: ["kind", "enabled", "layers"],
  brain_motion: [
    "kind",
    "model",
    "trajectory_um",
    "max_shift_um",
    "locomotion_freq_hz",
    "motion_amplitude_um",
    "locomotion_axis",
    "resonance_freq_hz",
    "damping_ratio",
    "locomotion_fraction",
    "walk_step_um",
  ],
  illumination_profile: ["kind", "falloff", "exponent", "center_offset_um"],
  vignette: ["kind", "falloff", "exponent", "center_offset_um"],
  leakage: ["kind", "profile", "level", "sigma_um"],
  sensor: ["kind", "photons_per_unit"],
};

/** Fields that are whole numbers there; all others are floats, which it writes with a point. */
export const WHOLE: ReadonlySet<string> = new Set([
  "seed",
  "n_px_height",
  "n_px_width",
  "bit_depth",
  "n_components",
  "n_roots",
]);

/** Fields that must be more than 0 there and may be 0 here. */
export const POSITIVE: ReadonlySet<string> = new Set([
  "density_per_mm3",
  "dendrite_length_um",
  "dendrite_width_um",
  "p_quiescent_to_active",
  "p_active_to_quiescent",
  "active_rate_hz",
  "max_shift_um",
  "motion_amplitude_um",
  "amplitude",
  "n_roots",
  "opacity",
  "absorption_per_um",
]);
