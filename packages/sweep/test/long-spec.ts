// A small field for long enough that its scene has several pieces of work.
import { builtin } from "minisim";
import { withFields } from "./specs.ts";

const fields = withFields({
  acquisition: {
    fps: 20,
    duration_s: 220,
    image_sensor: { n_px_height: 32, n_px_width: 32, pixel_pitch_um: 24 },
  },
  steps: [
    { kind: "place_neurons", populations: [{ density_per_mm3: 40_000 }] },
    { kind: "cell_activity" },
    { kind: "bleaching", bleach_susceptibility: 0.001 },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "neuropil" },
    { kind: "sensor" },
  ],
});

export const longSpec = builtin.Spec.parse(fields);
