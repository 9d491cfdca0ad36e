// Light that scatters on its way out of the tissue and still reaches the lens: a wide halo around each cell.
import { exp } from "@minisim/kernels/math";
import { collectionEfficiency } from "./objective.ts";
import type { OpticsParameters, TissueParameters } from "./parameters.ts";

export interface HaloParameters
  extends Pick<TissueParameters, "scatter_mfp_excitation_um" | "scatter_mfp_emission_um"> {
  /** Share of the scattered light that leaves the tissue towards the lens. */
  readonly halo_fraction: number;
  /** Width (σ) of the halo per depth. */
  readonly halo_width: number;
}

export interface Halo {
  /** Light of the halo over the light of the planted footprint. */
  readonly share: number;
  readonly sigma_um: number;
}

/**
 * share = halo_fraction (1 − e^(−z/ℓ_em)) e^(−z/ℓ_ex) NA², σ = halo_width · z: the counterpart of `attenuation`, whose e^(−z/ℓ_em) is the
 * light that never scatters. Scattering in brain is mostly forward, so most of what leaves the direct beam still goes towards the surface.
 * The width of such light: angles that spread by √(1 − g) for each mean free path put a point z deep √((1 − g) z / 3ℓ) · z aside, .22 z at
 * z = 1.5 ℓ and g = .9; many scatterings widen it towards the depth itself. Strong scattered background of one-photon data: Alido 2023,
 * arXiv:2303.12573. The Gaussian is a choice: real halos have longer tails.
 */
export function halo(
  z_um: number,
  optics: Pick<OpticsParameters, "na">,
  tissue: HaloParameters,
): Halo {
  const scattered = 1 - exp(-z_um / tissue.scatter_mfp_emission_um);
  const excited = exp(-z_um / tissue.scatter_mfp_excitation_um);
  return {
    share: tissue.halo_fraction * scattered * excited * collectionEfficiency(optics),
    sigma_um: tissue.halo_width * z_um,
  };
}
