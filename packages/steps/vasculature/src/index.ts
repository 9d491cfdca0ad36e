// The vasculature step: blood vessels in front of the cells, seen as blurred shadows.
import { defineStep, facts, modulate, slots } from "@minisim/pipeline";
import { name, version } from "../package.json";
import { shadeOf } from "./mask.ts";
import { check, params } from "./params.ts";
import { pulseOf, swingOf } from "./pulse.ts";
import { growTree } from "./tree.ts";
import { vasculatureWork } from "./work.ts";

export { murrayChildren } from "./murray.ts";

export const vasculature = defineStep({
  kind: "vasculature",
  package: { name, version },
  revision: 2,
  domain: "tissue",
  after: ["composite", "neuropil"],
  summary: "Shadows of branching blood vessels.",
  sources: [
    "doi:10.1073/pnas.12.3.207",
    "doi:10.1085/jgp.9.6.835",
    "doi:10.1088/0031-9155/58/11/R37",
  ],
  params,
  truth: {
    vasculature_mask: {
      dims: ["canvas_height", "canvas_width"],
      unit: "1",
      description:
        "Fraction of the tissue's light that the vessels let through at rest, blur included, before motion.",
    },
    vasculature_swing: {
      dims: ["canvas_height", "canvas_width"],
      unit: "1",
      description:
        "Change of vasculature_mask with the relative radius of the vessels; absent where they do not pulse.",
    },
  },
  check,
  work: vasculatureWork,
  compile({ params, acquisition, geometry, scene, random }) {
    if (!params.enabled || params.layers.length === 0) return;
    const { fov, pixel_size_um } = geometry;
    const fovUm = [fov.height * pixel_size_um, fov.width * pixel_size_um] as const;
    const { steady, dilation } = pulseOf(scene.get(facts.vessel_radius), geometry);
    const layers = params.layers.map((layer, l) => {
      const trees = Array.from({ length: layer.n_roots }, (_, root) =>
        growTree(layer, fovUm, random.stream("tree", l, root)),
      );
      return { ...layer, segments: trees.flat() };
    });
    const focal_um = scene.get(slots.focal_depth_um);
    const shade = shadeOf(layers, { acquisition, geometry, focal_um });
    const mask = shade(steady);
    const put = slots.transmission.of(mask);
    if (!dilation) {
      return { put, truth: { vasculature_mask: mask }, frames: modulate(mask) };
    }
    const swing = swingOf(mask, (radius) => shade(steady * radius));
    return {
      put,
      truth: { vasculature_mask: mask, vasculature_swing: swing },
      frames: modulate(mask, dilation, swing),
    };
  },
});
