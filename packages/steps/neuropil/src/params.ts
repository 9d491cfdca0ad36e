// The parameters of the neuropil step.
import { count, fraction, quantity } from "@minisim/spec";
import { z } from "zod";

export const params = z.strictObject({
  spatial_sigma_um: quantity({
    description: "Low-pass width (standard deviation) of the spatial components.",
    unit: "µm",
    min: 0.1,
    max: 500,
    source: "broader than a soma and its dendrites, narrower than the field",
  }).default(40),
  temporal_tau_s: quantity({
    description: "Correlation time of each component's own slow fluctuation.",
    unit: "s",
    min: 1e-4,
    max: 1e6,
    source: "slower than any calcium transient; 1e6: constant over any recording",
  }).default(10),
  population_tau_s: quantity({
    description: "Time constant of the causal low-pass on the summed activity of all cells.",
    unit: "s",
    min: 1e-4,
    max: 1e6,
    source: "about three decays of the default calcium kernel; 1e6: constant over any recording",
  }).default(1.5),
  amplitude: quantity({
    description:
      "Strength of the background; 1 is the resting light of a cell at its peak, before optics.",
    unit: "1",
    min: 0,
    max: 1e6,
    source: "1e6: above, cells are lost in the rounding of the light (24 bits)",
  }).default(0.5),
  n_components: count({
    description: "Number of independent spatial components, each with its own time course.",
    max: 64,
    source: "a few, as low-rank background models assume (doi:10.7554/eLife.28728)",
  }).default(3),
  population_coupling: fraction({
    description: "Share of each time course that follows the activity of all cells together.",
    source: "neuropil signals correlate with the local population (doi:10.7554/eLife.28728)",
  }).default(0.7),
});
