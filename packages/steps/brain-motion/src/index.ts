// The brain_motion step: the tissue moves under the lens as one rigid piece.
import { defineStep, facts, translate } from "@minisim/pipeline";
import { motionLevels } from "./bouts.ts";
import { check, params } from "./params.ts";
import { physicalMotion } from "./physical.ts";
import { marginPx } from "./reach.ts";
import { boundedWalk } from "./walk.ts";
import { brainMotionWork } from "./work.ts";

export const brainMotion = defineStep({
  kind: "brain_motion",
  revision: 2,
  domain: "motion",
  summary: "Rigid motion of the brain in the skull.",
  sources: [
    "doi:10.1016/j.jneumeth.2008.08.020",
    "doi:10.1016/j.neuron.2007.08.003",
    "doi:10.1038/s41592-018-0008-0 (bursts of motion between quiet segments)",
  ],
  params,
  truth: {
    shifts: {
      dims: ["frame", "axis_yx"],
      unit: "px",
      description:
        "Shift of the tissue from rest, (dy, dx); positive moves the image to higher indices. A correction is its negation.",
    },
  },
  check,
  work: brainMotionWork,
  announce: ({ params, geometry }) => facts.margin_px.of(marginPx(params, geometry.pixel_size_um)),
  compile({ params, geometry, random }) {
    const { n_frames, fps, pixel_size_um } = geometry;
    const shiftsUm = () => {
      if (params.trajectory_um) return Float64Array.from(params.trajectory_um.flat());
      if (params.model === "walk") {
        return boundedWalk(params, n_frames, random.stream("walk").normal);
      }
      const running = physicalMotion(params, n_frames, fps, {
        stride: random.stream("locomotion").normal,
        jerk: [random.stream("red_noise", "y").normal, random.stream("red_noise", "x").normal],
      });
      const levels = motionLevels(params, n_frames, fps, () => random.stream("bouts"));
      return levels ? running.map((shift, i) => shift * levels[i >> 1]!) : running;
    };
    const shifts = shiftsUm().map((shift) => shift / pixel_size_um);
    return { truth: { shifts }, frames: translate(shifts) };
  },
});
