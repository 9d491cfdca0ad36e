// What the objective does to light, tissue aside.
import type { OpticsParameters, TissueParameters } from "./parameters.ts";

const UM_PER_NM = 1e-3;

/**
 * σ = 0.21 λ / NA, µm: the Gaussian of the Airy disk's peak that fits its core best, 0.42 λN at f-number
 * N = 1 / (2 NA). Fits by other criteria differ a little (0.225 λ / NA: Zhang 2007, Applied Optics 46:1819).
 */
export function diffractionSigmaUm(optics: Pick<OpticsParameters, "na" | "emission_nm">): number {
  return (0.21 * optics.emission_nm * UM_PER_NM) / optics.na;
}

/**
 * Half depth of field, µm: how far from focus a cell still counts as in focus. As given, or for "auto" n λ / (2 NA²),
 * half of the diffraction term n λ / NA² of the whole depth.
 * Source: Born & Wolf, Principles of Optics, 8.8 (three-dimensional light distribution near focus).
 */
export function depthOfFieldUm(
  optics: Pick<OpticsParameters, "na" | "emission_nm" | "depth_of_field_um">,
  { refractive_index }: Pick<TissueParameters, "refractive_index">,
): number {
  if (optics.depth_of_field_um !== "auto") return optics.depth_of_field_um;
  return (refractive_index * optics.emission_nm * UM_PER_NM) / (2 * optics.na * optics.na);
}

/**
 * σ = |z − focal| · tan θ / 2 with sin θ = NA / n, µm. A point out of focus is a uniform disc of radius |z − focal| · tan θ, whose
 * standard deviation along an axis is half its radius. It spreads light and loses none. tan θ = NA / √(n² − NA²).
 */
export function defocusSigmaUm(
  z_um: number,
  focal_um: number,
  { na }: Pick<OpticsParameters, "na">,
  { refractive_index: n }: Pick<TissueParameters, "refractive_index">,
): number {
  return (Math.abs(z_um - focal_um) * na) / (2 * Math.sqrt(n * n - na * na));
}

/** NA²: the share of emitted light that the cone collects, up to a constant that lives in the exposure. */
export function collectionEfficiency(optics: Pick<OpticsParameters, "na">): number {
  return optics.na * optics.na;
}

/**
 * R − √(R² − min(r, R)²), µm: how much shallower than on the axis the focus lies at field radius r, when the focal
 * surface is a sphere of radius R (its sagitta). 0 for a flat field (null).
 * Computed as r² / (R + √(R² − r²)), which keeps its digits when R is much larger than r.
 */
export function curvatureShiftUm(r_um: number, radius_um: number | null): number {
  if (radius_um === null) return 0;
  const r = Math.min(r_um, radius_um);
  return (r * r) / (radius_um + Math.sqrt(radius_um * radius_um - r * r));
}
