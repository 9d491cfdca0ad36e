// Simulates a spec that is written here, in memory. An editor offers the kinds of steps and their fields, and marks a typo.
import { simulate } from "minisim";

const { observed, ground_truth } = await simulate(
  {
    acquisition: { duration_s: 2, image_sensor: { n_px_height: 96, n_px_width: 96 } },
    seed: 7,
    steps: [
      { kind: "place_neurons", density_per_mm3: 200_000, depth_range_um: [20, 80] },
      { kind: "cell_activity", indicator: "gcamp8m" },
      { kind: "optics" },
      { kind: "composite" },
      { kind: "sensor", photons_per_um2_s: 28_000 },
    ],
  },
  { workers: 2 },
);

console.log("movie (frame, height, width):", observed.shape.join(", "));
console.log("cells in view:", ground_truth.n_units);
console.log("of them detectable:", ground_truth.detectableSubset().n_units);

// Prints:
// movie (frame, height, width): 40, 96, 96
// cells in view: 16
// of them detectable: 9
