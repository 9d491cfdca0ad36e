import { illuminationDrift } from "@minisim/step-illumination-drift";
import { conformance } from "@minisim/step-testkit";

conformance(illuminationDrift, {
  params: {
    warm_up_amplitude: 0.2,
    warm_up_tau_s: 2,
    wander_cv: 0.05,
    wander_tau_s: 1,
    flicker_cv: 0.02,
    power_steps: [{ start_s: 0.7, power: 0.8 }],
  },
  neutral: { warm_up_amplitude: 0 },
  draws: true,
  shown: { factors: ["illumination_gain"] },
  golden: new URL("./golden.json", import.meta.url),
});
