import { brainMotion } from "@minisim/step-brain-motion";
import { conformance } from "@minisim/step-testkit";

conformance(brainMotion, {
  params: { max_shift_um: 8, motion_amplitude_um: 5 },
  neutral: { trajectory_um: Array.from({ length: 30 }, () => [0, 0]) },
  draws: true,
  golden: new URL("./golden.json", import.meta.url),
});
