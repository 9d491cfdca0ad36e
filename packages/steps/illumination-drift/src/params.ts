// Parameters of the illumination_drift step.
import { fraction, list, quantity } from "@minisim/spec";
import { z } from "zod";

const step = z.strictObject({
  start_s: quantity({
    unit: "s",
    min: 0,
    max: 1e9,
    source: "1e9: after any recording",
    description: "The power holds from the first frame that starts at this time or later",
  }).default(0),
  power: quantity({
    unit: "1",
    min: 0,
    max: 1e3,
    source: "1e3: from darkness to the full lamp",
    description: "Power of the lamp relative to that at the start",
  }).default(1),
});

export const params = z.strictObject({
  warm_up_amplitude: quantity({
    unit: "1",
    min: -0.9,
    max: 9,
    source:
      "0.02: an estimate, for LEDs lose about 0.1 % of their light per kelvin, and one on a head warms by some 20 K; negative: grows brighter",
    description: "What the cold lamp has more than the warm one, relative to the warm one",
  }).default(0.02),
  warm_up_tau_s: quantity({
    unit: "s",
    min: 0.1,
    max: 1e6,
    source:
      "180: an estimate, for a Miniscope V4 changes over its first ten minutes (github.com/Aharoni-Lab/Miniscope-v4, issue 34); 0.1: within a few frames",
    description: "Time constant of the approach to the warm lamp",
  }).default(180),
  wander_cv: fraction({
    description: "Standard deviation of the slow wander of the lamp's power, relative to it",
    source:
      "0: a regulated current. Real recordings do not tell it from the slow changes of the tissue",
  }).default(0),
  wander_tau_s: quantity({
    unit: "s",
    min: 0.1,
    max: 1e6,
    source: "60: an estimate, slower than calcium and faster than a session",
    description: "Time over which the wander forgets itself",
  }).default(60),
  flicker_cv: fraction({
    description: "Standard deviation of the lamp's power from frame to frame, relative to it",
    source:
      "0: a regulated current; 0.018: frames of a Miniscope V4 of before v4.40 (denoising notebook in github.com/Aharoni-Lab/Miniscope-v4)",
  }).default(0),
  power_steps: list(step, {
    description: "Changes of the lamp's power by hand or at a restart, in the order of their times",
    max: 1000,
  }).default([]),
});
