// Parameters of the illumination_profile step.
import { fraction, quantity, vector } from "@minisim/spec";
import { z } from "zod";

export const params = z.strictObject({
  falloff: fraction({
    description: "Excitation intensity at the farthest corner of the field, relative to its centre",
  }).default(0.7),
  exponent: quantity({
    unit: "1",
    min: 0.01,
    max: 100,
    description: "Steepness: 2 falls with the square of the radius",
    source: "0.01: falls at once; 100: falls at the rim alone",
  }).default(2),
  center_offset_um: vector(["y", "x"], {
    unit: "µm",
    min: -100_000,
    max: 100_000,
    source: "100000: far outside any field",
    description: "Position of the brightest point from the centre of the field",
  }).default([0, 0]),
});
