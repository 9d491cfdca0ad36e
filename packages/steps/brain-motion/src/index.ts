// The brain_motion step: the tissue shifts, turns and bends under the lens, and moves along its axis.
import {
  type AnnounceContext,
  type Announced,
  defineStep,
  type FrameSeries,
  facts,
  lazySeries,
  translate,
} from "@minisim/pipeline";
import { name, version } from "../package.json";
import { motionLevels } from "./bouts.ts";
import { deformation } from "./deformation.ts";
import { check, type Params, params } from "./params.ts";
import { physicalMotion } from "./physical.ts";
import { marginPx } from "./reach.ts";
import { scaled, swayOf } from "./sway.ts";
import { boundedWalk } from "./walk.ts";
import { brainMotionWork } from "./work.ts";

export const brainMotion = defineStep({
  kind: "brain_motion",
  package: { name, version },
  revision: 2,
  domain: "motion",
  summary:
    "Motion of the brain in the skull: shifts, rotation and bending in the plane, and movement along the axis.",
  sources: [
    "doi:10.1016/j.jneumeth.2008.08.020",
    "doi:10.1016/j.neuron.2007.08.003",
    "doi:10.1038/s41592-018-0008-0 (bursts of motion between quiet segments)",
    "doi:10.1038/s41592-020-0817-9 (fast movement along the axis)",
  ],
  params,
  truth: {
    shifts: {
      dims: ["frame", "axis_yx"],
      unit: "px",
      description:
        "Shift of the tissue from rest, (dy, dx); positive moves the image to higher indices. A correction is its negation.",
    },
    axial_shift_um: {
      dims: ["frame"],
      unit: "µm",
      description:
        "How much deeper the focus lies in the tissue than at rest; absent where axial_motion_um is 0.",
    },
    displacement_basis: {
      dims: ["basis", "axis_yx", "height", "width"],
      unit: "px",
      description:
        "Fields of displacement beyond the shift, (dy, dx). What is seen at a pixel lay at rest at the pixel less the shift less the sum of weight times field; absent where nonrigid_um and rotation_deg are 0.",
    },
    displacement_weights: {
      dims: ["basis", "frame"],
      unit: "1",
      description: "Weight of each field of displacement in each frame.",
    },
  },
  check,
  work: brainMotionWork,
  inWindow: ({ params: { trajectory_um }, window: { n_frames } }) => ({
    trajectory_um: trajectory_um?.slice(0, n_frames) ?? null,
  }),
  announce(context): readonly Announced[] {
    const margin = facts.margin_px.of(marginPx(context.params, context.geometry));
    const axial = axialShift(context);
    return axial ? [margin, facts.focus_shift_um.of(axial)] : [margin];
  },
  compile(context) {
    const { params, geometry, random } = context;
    const { n_frames, fps, pixel_size_um } = geometry;
    const levels = motionLevels(params, n_frames, fps, () => random.stream("bouts"));
    const shiftsUm = () => {
      if (params.trajectory_um) return Float64Array.from(params.trajectory_um.flat());
      if (params.model === "walk") {
        return boundedWalk(params, n_frames, random.stream("walk").normal);
      }
      const running = physicalMotion(params, n_frames, fps, {
        stride: random.stream("locomotion").normal,
        jerk: [random.stream("red_noise", "y").normal, random.stream("red_noise", "x").normal],
      });
      return levels ? running.map((shift, i) => shift * levels[i >> 1]!) : running;
    };
    const shifts = shiftsUm().map((shift) => shift / pixel_size_um);
    const axial = axialShift(context);
    const deformed = deformation(params, geometry, random, levels);
    return {
      truth: {
        shifts,
        ...(axial && { axial_shift_um: axial }),
        ...(deformed && {
          displacement_basis: deformed.fields,
          displacement_weights: deformed.displacement.weights,
        }),
      },
      frames: translate(shifts, deformed?.displacement),
    };
  },
});

interface Drawn extends Pick<AnnounceContext<Params>, "params" | "acquisition" | "random"> {
  readonly geometry: { readonly n_frames: number };
}

/** The axial shift of every frame, made when it is first read; null where the focus rests. */
function axialShift({
  params,
  acquisition: { fps },
  geometry: { n_frames },
  random,
}: Drawn): FrameSeries | null {
  if (params.axial_motion_um === 0) return null;
  return lazySeries(n_frames, () => {
    const { normal } = random.stream("red_noise", "z");
    const running = swayOf(params.axial_motion_um, params, n_frames, fps, normal);
    return scaled(
      running,
      motionLevels(params, n_frames, fps, () => random.stream("bouts")),
    );
  });
}
