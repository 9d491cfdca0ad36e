// The parameters of the brain_motion step, and the rules between them.
import {
  type CheckContext,
  choice,
  type Finding,
  type Frozen,
  fraction,
  list,
  nullable,
  quantity,
  vector,
} from "@minisim/spec";
import { z } from "zod";
import { fineRate, isStable } from "./oscillator.ts";
import { largestShiftUm } from "./reach.ts";

/** Shifts beyond this are no brain motion, and the canvas that they need would fill the memory. */
const MAX_UM = 500;
/** Motion of more than this share of the field moves a good part of the tissue out of view. */
const LARGE_SHARE = 0.05;

export const params = z.strictObject({
  model: choice(["physical", "walk"], {
    description: "A driven, damped oscillator, or a random walk from frame to frame.",
  }).default("physical"),
  trajectory_um: nullable(
    list(
      vector(["dy", "dx"], {
        description: "shift of the tissue in one frame",
        unit: "µm",
        min: -MAX_UM,
        max: MAX_UM,
      }),
      {
        description:
          "Shifts of your own, one a frame, used as they are; null draws from the model.",
      },
    ),
  ).default(null),
  max_shift_um: quantity({
    description: "The largest shift from rest; longer ones are cut to it.",
    unit: "µm",
    min: 0,
    max: MAX_UM,
    source: "brain movement of head-fixed mice (doi:10.1016/j.neuron.2007.08.003)",
  }).default(15),
  locomotion_freq_hz: quantity({
    description: "Mean frequency of the stride.",
    unit: "Hz",
    min: 0.001,
    max: 50,
    source: "running mice, 5-10 strides a second; 0.001: a drift over a quarter of an hour",
  }).default(7),
  motion_amplitude_um: quantity({
    description: "99th percentile of the distance from rest in locomotion.",
    unit: "µm",
    min: 0,
    max: MAX_UM,
  }).default(10),
  locomotion_axis: choice(["y", "x"], {
    description: "Axis along which strides move the brain.",
  }).default("y"),
  resonance_freq_hz: quantity({
    description: "Undamped resonance of the brain in the skull.",
    unit: "Hz",
    min: 0.001,
    max: 50,
    source: "0.001: as good as free",
  }).default(6),
  damping_ratio: quantity({
    description: "Damping as a share of critical damping; 1 does not overshoot.",
    unit: "1",
    min: 0.001,
    max: 10,
    source: "0.001: rings for hundreds of periods; 10: creeps back",
  }).default(0.5),
  locomotion_fraction: fraction({
    description: "Weight of the stride response; the rest is the response to irregular movement.",
  }).default(0.25),
  axial_motion_um: quantity({
    description:
      "99th percentile of the distance of the focus from its depth in locomotion, in every model; 0: the focus rests.",
    unit: "µm",
    min: 0,
    max: 100,
  }).default(0),
  nonrigid_um: quantity({
    description:
      "99th percentile, in locomotion, of the bending of the tissue: the root mean square over the field of view of its displacement beyond the shift, in every model.",
    unit: "µm",
    min: 0,
    max: 50,
  }).default(0),
  nonrigid_scale_um: quantity({
    description: "Distance over which the bending of the tissue changes.",
    unit: "µm",
    min: 20,
    max: 10_000,
  }).default(200),
  rotation_deg: quantity({
    description:
      "99th percentile, in locomotion, of the angle by which the tissue turns around the centre of the field of view, in every model.",
    unit: "deg",
    min: 0,
    max: 10,
  }).default(0),
  locomotion_bout_s: quantity({
    description: "Mean duration of a bout of locomotion, where the animal also rests.",
    unit: "s",
    min: 0.1,
    max: 3600,
    source: "estimate: mice cross a linear track in seconds",
  }).default(4),
  rest_s: quantity({
    description:
      "Mean duration of the rest between two bouts of locomotion, of all motion but a walk and shifts of your own; 0: the animal never rests.",
    unit: "s",
    min: 0,
    max: 3600,
    source:
      "motion of CA1 comes in bursts with quiet segments between (doi:10.1038/s41592-018-0008-0)",
  }).default(0),
  rest_fraction: fraction({
    description: "Motion at rest as a share of the motion in locomotion.",
  }).default(0.15),
  walk_step_um: quantity({
    description: "Standard deviation of the random walk's step per frame and axis.",
    unit: "µm",
    min: 0,
    max: MAX_UM,
  }).default(0.3),
});

export type Params = Frozen<z.output<typeof params>>;

const TIMING = [
  ["acquisition", "fps"],
  ["acquisition", "duration_s"],
];
const PIXEL = [
  ["acquisition", "image_sensor"],
  ["acquisition", "optics", "magnification"],
];

export function check({ params, acquisition, geometry }: CheckContext<Params>): Finding[] {
  const findings: Finding[] = [];
  const { trajectory_um, max_shift_um, motion_amplitude_um } = params;
  const simulated = trajectory_um === null && params.model === "physical";

  if (trajectory_um && trajectory_um.length !== geometry.n_frames) {
    findings.push({
      severity: "error",
      code: "trajectory_length",
      path: ["trajectory_um"],
      involves: TIMING,
      message: `must have one shift a frame, ${geometry.n_frames} (got ${trajectory_um.length}).`,
    });
  }
  if (simulated && motion_amplitude_um > max_shift_um) {
    findings.push({
      severity: "error",
      code: "motion_amplitude",
      path: ["motion_amplitude_um"],
      involves: [["max_shift_um"], ["trajectory_um"], ["model"]],
      message: `must not exceed max_shift_um, ${max_shift_um} µm (got ${motion_amplitude_um}).`,
    });
  }
  const sways = params.axial_motion_um > 0 || params.nonrigid_um > 0 || params.rotation_deg > 0;
  if ((simulated || sways) && !isStable(params, fineRate(acquisition.fps).rate_hz)) {
    findings.push({
      severity: "error",
      code: "stiff_oscillator",
      path: ["damping_ratio"],
      involves: [
        ["resonance_freq_hz"],
        ["trajectory_um"],
        ["model"],
        ["axial_motion_um"],
        ["nonrigid_um"],
        ["rotation_deg"],
        ["acquisition", "fps"],
      ],
      message: `is too large to simulate at a resonance of ${params.resonance_freq_hz} Hz (got ${params.damping_ratio}).`,
    });
  }
  const reach = largestShiftUm(params);
  const side = Math.min(...geometry.fov_um);
  if (reach > LARGE_SHARE * side) {
    findings.push({
      severity: "warning",
      code: "large_motion",
      path: [trajectory_um ? "trajectory_um" : "max_shift_um"],
      involves: PIXEL,
      message: `allows shifts of ${reach.toPrecision(3)} µm, more than 5 % of the field's smaller side (${side.toPrecision(3)} µm).`,
    });
  }
  return findings;
}
