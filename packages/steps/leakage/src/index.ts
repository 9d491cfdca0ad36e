// The leakage step: excitation light that passes the filters. Static, added after motion, never bleached.
import { gaussianGlow } from "@minisim/optics";
import { accumulate, area, defineStep, type Shape } from "@minisim/pipeline";
import { name, version } from "../package.json";
import { params } from "./params.ts";

export const leakage = defineStep({
  kind: "leakage",
  package: { name, version },
  revision: 1,
  domain: "sensor",
  after: ["illumination_profile", "vignette"],
  summary: "Excitation light that leaks through to the sensor: a static glow.",
  sources: ["Phenomenological; level and width from a movie with the sample out of focus"],
  params,
  truth: {
    leakage: {
      dims: ["height", "width"],
      unit: "1",
      description: "Light added by leakage, in units of emission.",
    },
  },
  inWindow: ({ params, geometry: { fov, pixel_size_um } }) => ({
    sigma_um: sigmaUm(params, fov, pixel_size_um),
  }),
  // A pixel of the glow takes about 20 ns.
  work: ({ geometry: { fov } }) => ({ field_px: area(fov), operations: 20 * area(fov) }),
  compile({ params, geometry: { fov, pixel_size_um } }) {
    const { level, profile } = params;
    const sigma = sigmaUm(params, fov, pixel_size_um);
    const field =
      profile === "uniform"
        ? new Float64Array(fov.height * fov.width).fill(level)
        : gaussianGlow(level, sigma, fov, pixel_size_um);
    const glow = { ...fov, count: 1, data: field };
    return {
      truth: { leakage: field },
      frames: accumulate(glow, { constant: Float64Array.of(1) }),
    };
  },
});

/** A quarter of the field's shorter side where none is given. */
function sigmaUm(
  { sigma_um }: { readonly sigma_um: number | null },
  { height, width }: Shape,
  pixelSizeUm: number,
): number {
  return sigma_um ?? (Math.min(height, width) * pixelSizeUm) / 4;
}
