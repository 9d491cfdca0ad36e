// The parameters of the neuropil step. "Striatum" is a recording of GCaMP6f through a GRIN lens, 256 px wide, 10 Hz (figure files of
// doi:10.7554/eLife.28728), measured with the definitions of @minisim/measures; its pixel is taken as 2.2 µm, an estimate from its cells.
import { count, fraction, quantity } from "@minisim/spec";
import { z } from "zod";

export const params = z.strictObject({
  level: quantity({
    description:
      "Mean light of the background before optics; 1 is the resting light of a cell at its peak.",
    unit: "1",
    min: 0,
    max: 1e6,
    source:
      "estimate: cells add 0.7 % (median) to 2.5 % (95 %) to the level of a pixel (striatum), about 0.1 to 0.6 of a cell's resting light; 1e6: above, cells are lost in the rounding of the light (24 bits)",
  }).default(20),
  depth_um: quantity({
    description:
      "Depth below the surface that the light seems to come from; it sets the loss in the tissue.",
    unit: "µm",
    min: 0,
    max: 5000,
    source: "estimate: one mean free path of the emitted light; 5000: through a mouse's brain",
  }).default(100),
  spatial_sigma_um: quantity({
    description: "Width (standard deviation) of the Gaussian that smooths all fields.",
    unit: "µm",
    min: 0.1,
    max: 500,
    source:
      "striatum: spatial correlation of the fluctuation .98, .97, .945, .88, .71 at 2, 5, 10, 20, 40 px; this width gives it within .05",
  }).default(75),
  spatial_contrast: quantity({
    description: "Standard deviation of the mean image over its mean.",
    unit: "1",
    min: 0,
    max: 1,
    source:
      "striatum: octave contrast .014 and .020 at 16 and 32 px; 1: a third of the field is dark at times",
  }).default(0.06),
  fluctuation_contrast: quantity({
    description:
      "Standard deviation over space of a component around the mean image, relative to it.",
    unit: "1",
    min: 0,
    max: 1,
    source:
      "estimate: in a bright frame of striatum the fluctuation over the baseline varies by .17 over the field",
  }).default(0.5),
  fluctuation_cv: quantity({
    description: "Standard deviation over time of the background at a pixel, over its mean.",
    unit: "1",
    min: 0,
    max: 0.5,
    source: "striatum: 1.4 to 1.7 %; 0.5: above, brightness is no longer symmetric in time",
  }).default(0.0155),
  temporal_tau_s: quantity({
    description: "Correlation time of each component's own fluctuation.",
    unit: "s",
    min: 1e-4,
    max: 1e6,
    source:
      "striatum: correlation time 1.2 s; power .46, .46, .07 below .1 Hz, up to 1 Hz and above; 1e6: constant over any recording",
  }).default(1.2),
  population_tau_s: quantity({
    description: "Time constant of the causal low-pass on the summed activity of all cells.",
    unit: "s",
    min: 1e-4,
    max: 1e6,
    source: "about three decays of the default calcium kernel; 1e6: constant over any recording",
  }).default(1.5),
  population_coupling: fraction({
    description:
      "Share of the fluctuation's variance that follows the activity of all cells together.",
    source:
      "estimate: neuropil correlates with the local population (doi:10.7554/eLife.28728); more leaves too little that differs over the field",
  }).default(0.3),
  n_components: count({
    description: "Number of independent components, each with its own field and time course.",
    max: 256,
    source:
      "many sources, each small: at 16 one gives a sixteenth of the light; 256: more cannot be told from as many",
  }).default(16),
});
