// Parameters of the bleaching step.
import { quantity } from "@minisim/spec";
import { z } from "zod";

export const params = z.strictObject({
  bleach_susceptibility: quantity({
    unit: "1/s",
    min: 0,
    max: 1,
    description: "Rate q at which unit emission under unit excitation destroys the fluorophore",
    source:
      "6.3e-6: a few percent over half an hour of imaging, as in chronic 1-photon sessions; 1: gone within seconds",
  }).default(6.3e-6),
  turnover_tau_s: quantity({
    unit: "s",
    min: 0.001,
    max: 1e9,
    description: "Time constant with which the cell replaces bleached fluorophore",
    source: "20000: protein turnover over hours; 0.001: back within a frame; 1e9: never back",
  }).default(20000),
  excitation_intensity: quantity({
    unit: "1",
    min: 0,
    max: 1e6,
    source: "1e6: from a lamp to a focused laser",
    description: "Excitation power relative to the usual; multiplies the excitation field",
  }).default(1),
});
