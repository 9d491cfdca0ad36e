// The illumination_profile step: uneven excitation. Announces it, so that bleaching, focus and detectability follow.
import { radialFalloff } from "@minisim/optics";
import { defineStep, modulate } from "@minisim/pipeline";
import { params } from "./params.ts";

export const illuminationProfile = defineStep({
  kind: "illumination_profile",
  revision: 1,
  domain: "sensor",
  summary: "Uneven excitation: the lamp is brightest near the axis.",
  sources: ["Phenomenological radial profile; fit falloff and exponent to a flat-field image"],
  params,
  truth: {
    illumination: {
      dims: ["height", "width"],
      unit: "1",
      description: "Relative excitation intensity.",
    },
  },
  announce: ({ params, geometry: { fov, pixel_size_um } }) => ({
    excitation: { ...fov, data: radialFalloff(params, fov, pixel_size_um) },
  }),
  compile({ params, geometry: { fov, pixel_size_um }, truth }) {
    const field = radialFalloff(params, fov, pixel_size_um);
    truth.illumination = field;
    return modulate(field);
  },
});
