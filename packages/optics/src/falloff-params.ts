// @minisim/optics/falloff-params: the shape of `radialFalloff` as parameters of a step, which adds its own `falloff`.
import { quantity, vector } from "@minisim/spec";

export const falloffShape = {
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
};
