import { brainMotion } from "@minisim/step-brain-motion";
import { conformance } from "@minisim/step-testkit";
import { describe } from "vitest";

const params = { max_shift_um: 8, motion_amplitude_um: 5 };
const neutral = { trajectory_um: Array.from({ length: 30 }, () => [0, 0]) };

describe("always in locomotion", () => {
  const golden = new URL("./golden.json", import.meta.url);
  conformance(brainMotion, { params, neutral, draws: true, golden });
});

describe("in bouts", () => {
  const bouts = { ...params, locomotion_bout_s: 0.3, rest_s: 0.2 };
  const golden = new URL("./golden-bouts.json", import.meta.url);
  conformance(brainMotion, { params: bouts, neutral, draws: true, golden });
});
