// The illumination_profile step: uneven excitation. Announces it, so that bleaching, focus and detectability follow.
import { falloffInWindow, radialFalloff } from "@minisim/optics";
import { area, defineStep, facts, lazyField, modulate } from "@minisim/pipeline";
import { name, version } from "../package.json";
import { params } from "./params.ts";

export const illuminationProfile = defineStep({
  kind: "illumination_profile",
  package: { name, version },
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
  announce: ({ params, geometry: { fov, pixel_size_um } }) =>
    facts.excitation.of(lazyField(fov, () => radialFalloff(params, fov, pixel_size_um))),
  inWindow: ({ params, geometry: { fov, pixel_size_um }, window }) => ({
    falloff: falloffInWindow(params, fov, window, pixel_size_um),
  }),
  // Made twice, of which a pixel takes about 17 ns: as announced, in float64, and as it multiplies frames.
  work({ geometry: { fov } }) {
    const field_px = area(fov);
    return { field_px, held_bytes: 8 * field_px, operations: 2 * 17 * field_px };
  },
  compile({ params, geometry: { fov, pixel_size_um } }) {
    const illumination = radialFalloff(params, fov, pixel_size_um);
    return { truth: { illumination }, frames: modulate(illumination) };
  },
});
