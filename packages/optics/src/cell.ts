// How wide and how bright the optics deliver a point at a depth.
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
  /** Peak brightness relative to an unattenuated cell in focus at NA 1; what detectability is judged by. */
  readonly brightness: number;
  /** Factor on the blurred footprint. Defocus is not in it: the blur itself lowers the peak. */
  readonly gain: number;
}

/**
 * σ0² = diffraction² + scatter², σ² = σ0² + defocus²; sigma_px = σ / pixel; gain = attenuation · NA²;
 * brightness = (σ0² / σ²) · gain.
 */
export function cellOptics(view: View): CellOptics {
  const { z_um, focal_um, optics, tissue, pixel_size_um } = view;
  const point = inFocusPoint(z_um, optics, tissue);
  const defocus = defocusSigmaUm(z_um, focal_um, optics);
  return {
    sigma_px: Math.sqrt(point.variance_um2 + defocus * defocus) / pixel_size_um,
    brightness: brightnessAt(point, defocus),
    gain: point.gain,
  };
}

/** σ in px of what lies at a depth and only shades, such as vessels: σ² = diffraction² + scatter² + defocus². */
export function staticBlurSigmaPx(view: View): number {
  return cellOptics(view).sigma_px;
}

/** A point at a depth as an instrument focused on it shows it. */
export interface InFocusPoint {
  /** σ0², µm² */
  readonly variance_um2: number;
  readonly gain: number;
}

export function inFocusPoint(
  z_um: number,
  optics: OpticsParameters,
  tissue: TissueParameters,
): InFocusPoint {
  const diffraction = diffractionSigmaUm(optics);
  const scatter = scatterSigmaUm(z_um, tissue);
  return {
    variance_um2: diffraction * diffraction + scatter * scatter,
    gain: attenuation(z_um, tissue) * collectionEfficiency(optics),
  };
}

/** Peak brightness once defocus (σ in µm) has spread the same light over a wider Gaussian. */
export function brightnessAt({ variance_um2, gain }: InFocusPoint, defocus_um: number): number {
  return (variance_um2 / (variance_um2 + defocus_um * defocus_um)) * gain;
}
