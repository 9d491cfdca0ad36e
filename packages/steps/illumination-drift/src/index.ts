// The illumination_drift step: a lamp that warms up, wanders, flickers and is turned. Announces it as excitation.
import { defineStep, facts, lazySeries, modulate } from "@minisim/pipeline";
import type { CheckContext, Finding } from "@minisim/spec";
import { name, version } from "../package.json";
import { illuminationGain, type Lamp } from "./gain.ts";
import { params } from "./params.ts";

export const illuminationDrift = defineStep({
  kind: "illumination_drift",
  package: { name, version },
  revision: 1,
  domain: "sensor",
  after: ["illumination_profile", "vignette", "leakage"],
  summary: "The lamp's power in time: warm-up, slow wander, flicker, steps.",
  sources: [
    "Exponential warm-up, phenomenological; fit amplitude and time constant to the first minutes of a still slide",
    "Gillespie 1996, doi:10.1103/PhysRevE.54.2084 (wander)",
  ],
  params,
  truth: {
    illumination_gain: {
      dims: ["frame"],
      unit: "1",
      description: "Power of the lamp in each frame, relative to the warm lamp.",
    },
  },
  check: ({ params }: CheckContext<Lamp>) => params.power_steps.flatMap(outOfOrder),
  announce: ({ params, acquisition: { fps }, geometry: { n_frames }, random }) =>
    facts.excitation.of(
      lazySeries(n_frames, () => illuminationGain(params, n_frames, fps, random)),
    ),
  // The course, made twice, of which a frame takes about 60 ns.
  work: ({ geometry: { n_frames } }) => ({
    held_bytes: 16 * n_frames,
    operations: 2 * 60 * n_frames,
  }),
  compile({ params, geometry: { fps, n_frames }, random }) {
    const illumination_gain = illuminationGain(params, n_frames, fps, random);
    return { truth: { illumination_gain }, frames: modulate(null, illumination_gain) };
  },
});

function outOfOrder(
  { start_s }: Lamp["power_steps"][number],
  i: number,
  all: Lamp["power_steps"],
): Finding[] {
  const before = all[i - 1]?.start_s ?? 0;
  if (start_s >= before) return [];
  return [
    {
      severity: "error",
      code: "power_steps_order",
      path: ["power_steps", i, "start_s"],
      involves: [["power_steps", i - 1, "start_s"]],
      message: `must not be before the step ahead of it, ${before} s (got ${start_s}).`,
    },
  ];
}
