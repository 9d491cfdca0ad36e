import { brainMotion } from "@minisim/step-brain-motion";
import { conformance } from "@minisim/step-testkit";
import { describe } from "vitest";

const params = { max_shift_um: 8, motion_amplitude_um: 5 };
const neutral = { trajectory_um: Array.from({ length: 30 }, () => [0, 0]) };

const shown = {
  none: "content moves: deformation.test.ts and step.test.ts follow it by the truth",
};

describe("always in locomotion, in the plane", () => {
  const absent = ["axial_shift_um", "displacement_basis", "displacement_weights"];
  const golden = new URL("./golden.json", import.meta.url);
  conformance(brainMotion, { params, neutral, absent, draws: true, shown, golden });
});

describe("in bouts, along the axis, turning and bending", () => {
  const bouts = { ...params, axial_motion_um: 4, locomotion_bout_s: 0.3, rest_s: 0.2 };
  const all = { ...bouts, nonrigid_um: 2, nonrigid_scale_um: 40, rotation_deg: 1 };
  const golden = new URL("./golden-bouts.json", import.meta.url);
  conformance(brainMotion, { params: all, neutral, draws: true, shown, golden });
});
