// Changes one parameter and keeps everything else: the same cells fire the same spikes under two objectives.
import { buildSpec, compile, groundTruth, vary } from "minisim";

const preset = buildSpec("miniscope_v4", "ca1", { duration_s: 20, seed: 1 });

for (const na of [0.2, 0.35]) {
  const spec = vary(preset, {
    "acquisition.optics.na": na,
    "steps.vasculature": null, // leaves the step out
    "steps.brain_motion": { motion_amplitude_um: 3 }, // adds it, with the defaults of its other fields
  });
  // The truth is known before the first frame is rendered.
  const truth = groundTruth(compile(spec));
  console.log(`NA ${na}: ${truth.n_detectable} of ${truth.n_units} cells are detectable`);
}

// Prints:
// NA 0.2: 35 of 960 cells are detectable
// NA 0.35: 91 of 960 cells are detectable
