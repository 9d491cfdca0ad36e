// What the equations need of an instrument and of a tissue; field names as in a spec.

export interface OpticsParameters {
  /** Numerical aperture on the tissue side. */
  readonly na: number;
  /** Wavelength of the emitted light, nm. */
  readonly emission_nm: number;
  /** Half depth of field, µm; "auto" computes it. */
  readonly depth_of_field_um: number | "auto";
  /** Radius of the curved focal surface, µm; null for a flat field. */
  readonly field_curvature_radius_um: number | null;
}

export interface TissueParameters {
  /** Above the numerical aperture. */
  readonly refractive_index: number;
  /** Mean free path of the excitation light, µm. */
  readonly scatter_mfp_excitation_um: number;
  /** Mean free path of the emitted light, µm. */
  readonly scatter_mfp_emission_um: number;
  /** Growth of the scatter blur per µm of depth. */
  readonly scatter_blur_per_um: number;
}
