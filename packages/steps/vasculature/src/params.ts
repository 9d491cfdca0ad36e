// The parameters of the vasculature step, and the rule between them.
import {
  type CheckContext,
  count,
  type Finding,
  type Frozen,
  flag,
  fraction,
  list,
  quantity,
} from "@minisim/spec";
import { z } from "zod";

const layer = z.strictObject({
  depth_um: quantity({
    description: "Depth of the layer below the tissue surface.",
    unit: "µm",
    min: 0,
    max: 10_000,
    source: "pial vessels lie in the first tens of µm; 10000: through the whole brain of a mouse",
  }).default(30),
  n_roots: count({
    description: "Vessels that enter the field.",
    min: 0,
    max: 100,
    source: "100: the field is all blood",
  }).default(4),
  root_radius_um: quantity({
    description: "Radius of a vessel where it enters the field.",
    unit: "µm",
    min: 0.1,
    max: 500,
    source: "pial arterioles and venules, 10-50 µm across; 500: the largest sinus",
  }).default(22),
  min_radius_um: quantity({
    description: "Branches thinner than this are not drawn.",
    unit: "µm",
    min: 0.1,
    max: 500,
    source: "capillaries, about 2 µm",
  }).default(2),
  opacity: fraction({
    description:
      "Share of the light lost behind infinitely thick blood; the rest passes around it.",
  }).default(0.85),
  absorption_per_um: quantity({
    description: "Absorption coefficient of blood.",
    unit: "1/µm",
    min: 0,
    max: 10,
    source: "whole blood near 500 nm, order 0.01-0.1 per µm (doi:10.1088/0031-9155/58/11/R37)",
  }).default(0.04),
  branch_prob: fraction({ description: "Probability of a bifurcation at each step." }).default(0.2),
  tortuosity_deg: quantity({
    description: "Standard deviation of the change of heading at each step.",
    unit: "°",
    min: 0,
    max: 90,
    source: "90: no direction at all",
  }).default(8),
  branch_angle_deg: quantity({
    description:
      "Turn of the main branch at a bifurcation; the side branch turns more, as it is thinner.",
    unit: "°",
    min: 0,
    max: 90,
    source: "order of the minimum-work angles (doi:10.1085/jgp.9.6.835)",
  }).default(30),
  branch_area_main: fraction({
    description: "Share of the cubed radius (the flow) that the main branch keeps.",
    above: 0.5,
    below: 1,
    source: "cube law of Murray (doi:10.1073/pnas.12.3.207)",
  }).default(0.7),
  step_per_radius: quantity({
    description: "Length of a step in units of the vessel's radius.",
    unit: "1",
    min: 0.1,
    max: 20,
    source: "0.1: smooth curves; 20: straight from branch to branch",
  }).default(1.5),
});

export const params = z.strictObject({
  enabled: flag({ description: "Whether the vessels are drawn at all." }).default(false),
  layers: list(layer, {
    description: "Layers of vessels, each at its own depth.",
    max: 20,
  }).default([]),
});

type Params = z.output<typeof params>;

export function check({ params }: CheckContext<Frozen<Params>>): Finding[] {
  return params.layers.flatMap(({ min_radius_um, root_radius_um }, i) =>
    min_radius_um < root_radius_um
      ? []
      : [
          {
            severity: "error" as const,
            code: "vessel_radii",
            path: ["layers", i, "min_radius_um"],
            involves: [["layers", i, "root_radius_um"]],
            message: `must be less than root_radius_um, ${root_radius_um} µm (got ${min_radius_um}).`,
          },
        ],
  );
}
