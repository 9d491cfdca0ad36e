// Light to electrons, and the noise on them.

/** How a detector turns light into electrons; field names as in a spec. */
export interface Exposure {
  /** Photons that reach a pixel in one frame per unit of light. */
  readonly photons_per_unit: number;
  /** Electrons per photon, (0, 1]. */
  readonly quantum_efficiency: number;
  /** Standard deviation of the read-out noise of a pixel, e⁻. */
  readonly read_noise_e: number;
}

/** λ = max(light, 0) · photons per unit · quantum efficiency: the mean number of electrons in a pixel and frame. */
export function expectedElectrons(
  light: number,
  exposure: Pick<Exposure, "photons_per_unit" | "quantum_efficiency">,
): number {
  return Math.max(light, 0) * exposure.photons_per_unit * exposure.quantum_efficiency;
}

/**
 * σ = √(λ + read²), e⁻: shot noise (Poisson, variance λ) and read noise (Gaussian), which are independent.
 * Source: Janesick 2007, Photon Transfer, doi:10.1117/3.725073.
 */
export function noiseSigmaE(expected_e: number, read_noise_e: number): number {
  return Math.sqrt(expected_e + read_noise_e * read_noise_e);
}
