// The vasculature step: blood vessels in front of the cells, seen as blurred shadows.
import { blurField } from "@minisim/kernels";
import { blurSigmaPx } from "@minisim/optics";
import { defineStep, modulate, slots } from "@minisim/pipeline";
import { check, params } from "./params.ts";
import { bloodPathUm, centredGrid } from "./path-length.ts";
import { transmission } from "./transmission.ts";
import { growTree } from "./tree.ts";
import { vasculatureWork } from "./work.ts";

export { murrayChildren } from "./murray.ts";

export const vasculature = defineStep({
  kind: "vasculature",
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
        "Fraction of the tissue's light that the vessels let through, blur included, before motion.",
    },
  },
  check,
  work: vasculatureWork,
  compile({ params, acquisition, geometry, scene, random }) {
    if (!params.enabled || params.layers.length === 0) return;
    const { canvas, fov, pixel_size_um } = geometry;
    const fovUm = [fov.height * pixel_size_um, fov.width * pixel_size_um] as const;
    const grid = centredGrid(canvas, pixel_size_um);
    const focal_um = scene.get(slots.focal_depth_um);
    const mask = new Float64Array(canvas.height * canvas.width).fill(1);
    for (const [l, layer] of params.layers.entries()) {
      const segments = Array.from({ length: layer.n_roots }, (_, root) =>
        growTree(layer, fovUm, random.stream("tree", l, root)),
      ).flat();
      const sharp = transmission(bloodPathUm(segments, grid), layer);
      const sigmaPx = blurSigmaPx({
        z_um: layer.depth_um,
        focal_um: focal_um ?? layer.depth_um,
        optics: acquisition.optics,
        tissue: acquisition.tissue,
        pixel_size_um,
      });
      const shade = blurField(sharp, canvas, sigmaPx, "nearest");
      // The blur may overshoot 1 by a rounding error.
      for (let i = 0; i < mask.length; i++) mask[i]! *= Math.min(Math.max(shade[i]!, 0), 1);
    }
    return {
      put: slots.transmission.of(mask),
      truth: { vasculature_mask: mask },
      frames: modulate(mask),
    };
  },
});
