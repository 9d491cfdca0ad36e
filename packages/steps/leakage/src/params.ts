// Parameters of the leakage step.
import { choice, nullable, quantity } from "@minisim/spec";
import { z } from "zod";

export const params = z.strictObject({
  profile: choice(["gaussian", "uniform"], {
    description: "Shape of the glow: a spot around the axis, or the same everywhere",
  }).default("gaussian"),
  level: quantity({
    unit: "1",
    min: 0,
    max: 1e6,
    source: "1e6: above, cells are lost in the rounding of the light (24 bits)",
    description: "Light at the brightest point, in units of emission",
  }).default(0.1),
  sigma_um: nullable(
    quantity({
      unit: "µm",
      min: 1,
      max: 1e6,
      source: "1: a spot the size of a pixel; 1e6: the same everywhere",
      description: "Width of the gaussian; null is a quarter of the smaller side of the field",
    }),
  ).default(null),
});
