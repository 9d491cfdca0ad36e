// How wide and how bright the optics deliver a point at a depth.
import { exp } from "@minisim/kernels/math";
import { collectionEfficiency, defocusSigmaUm, diffractionSigmaUm } from "./objective.ts";
import type { OpticsParameters, TissueParameters } from "./parameters.ts";
import { attenuation, scatterSigmaUm } from "./tissue.ts";

export interface View {
  /** Depth below the tissue surface, µm. */
  readonly z_um: number;
  /** Depth of the focus at the same place in the field, µm: corrected for field curvature. */
  readonly focal_um: number;
  readonly optics: OpticsParameters;
  readonly tissue: TissueParameters;
  /** Side of a pixel in the tissue, µm. */
  readonly pixel_size_um: number;
}

export interface CellOptics {
  /** Standard deviation of the Gaussian that blurs the planted footprint, px. */
  readonly sigma_px: number;
  /** Factor on the blurred footprint: attenuation · NA². The blur itself lowers the peak. */
  readonly gain: number;
}

/** σ² = diffraction² + scatter² + defocus²; sigma_px = σ / pixel; gain = attenuation · NA². */
export function cellOptics(view: View): CellOptics {
  const { z_um, optics, tissue } = view;
  return { sigma_px: blurSigmaPx(view), gain: collectedShare(z_um, optics, tissue) };
}

/** σ in px alone, of cells and of what only shades, such as vessels. */
export function blurSigmaPx(view: View): number {
  return blurOfFocus(view)(view.focal_um);
}

/** σ in px as a function of the depth of the focus, for a point that is seen through a focus that moves. */
export function blurOfFocus({
  z_um,
  optics,
  tissue,
  pixel_size_um,
}: Omit<View, "focal_um">): (focal_um: number) => number {
  const inFocus = inFocusVarianceUm2(z_um, optics, tissue);
  return (focal_um) => {
    const defocus = defocusSigmaUm(z_um, focal_um, optics, tissue);
    return Math.sqrt(inFocus + defocus * defocus) / pixel_size_um;
  };
}

/** σ² of a point at a depth that the instrument is focused on, µm²: diffraction² + scatter². */
export function inFocusVarianceUm2(
  z_um: number,
  optics: OpticsParameters,
  tissue: TissueParameters,
): number {
  const diffraction = diffractionSigmaUm(optics);
  const scatter = scatterSigmaUm(z_um, tissue);
  return diffraction * diffraction + scatter * scatter;
}

/** attenuation · NA²: the share of the light emitted at a depth that makes its image, up to a constant. */
export function collectedShare(
  z_um: number,
  optics: OpticsParameters,
  tissue: TissueParameters,
): number {
  return attenuation(z_um, tissue) * collectionEfficiency(optics);
}

/**
 * 1 − exp(−r² / 2σ²): the peak of a uniform disc of radius r and height 1 behind a Gaussian blur of variance σ². A cell is
 * taken for the disc of its footprint's area.
 */
export function blurredDiscPeak(radius_um: number, variance_um2: number): number {
  return variance_um2 > 0 ? 1 - exp(-(radius_um * radius_um) / (2 * variance_um2)) : 1;
}
