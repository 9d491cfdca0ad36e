// What tissue does to light on its way in and out.
import { exp } from "@minisim/kernels/math";
import type { TissueParameters } from "./parameters.ts";

/**
 * 1/mfp = 1/mfp_excitation + 1/mfp_emission, µm: light pays for both ways.
 * Sources: Al-Juboori 2013, PLoS ONE 8:e67626; Azimipour 2014, Biomedical Optics Express; Ma 2020, Neurophotonics
 * 7:031208, for why the diffuse excitation reaches so much deeper.
 */
export function scatterMfpUm(
  tissue: Pick<TissueParameters, "scatter_mfp_excitation_um" | "scatter_mfp_emission_um">,
): number {
  return 1 / (1 / tissue.scatter_mfp_excitation_um + 1 / tissue.scatter_mfp_emission_um);
}

/** exp(−z / mfp): the share of light left after the way to depth z (µm) and back. */
export function attenuation(z_um: number, tissue: TissueParameters): number {
  return exp(-z_um / scatterMfpUm(tissue));
}

/** σ = scatter_blur_per_um · z, µm: the width of the halo that forward scatter draws around a point at depth z. */
export function scatterSigmaUm(
  z_um: number,
  tissue: Pick<TissueParameters, "scatter_blur_per_um">,
): number {
  return tissue.scatter_blur_per_um * z_um;
}
