// What a miniscope's optics and the tissue do to light: widths, losses, fields, focus. Pure functions.
export {
  blurOfFocus,
  blurredDiscPeak,
  blurSigmaPx,
  type CellOptics,
  cellOptics,
  type View,
} from "./cell.ts";
export { falloffInWindow, gaussianGlow, type RadialFalloff, radialFalloff } from "./falloff.ts";
export { autoFocus, type FocusCell, type FocusSearch } from "./focus.ts";
export { type Halo, type HaloParameters, halo } from "./halo.ts";
export {
  collectionEfficiency,
  curvatureShiftUm,
  defocusSigmaUm,
  depthOfFieldUm,
  diffractionSigmaUm,
} from "./objective.ts";
export type { OpticsParameters, TissueParameters } from "./parameters.ts";
export { attenuation, scatterMfpUm, scatterSigmaUm } from "./tissue.ts";
