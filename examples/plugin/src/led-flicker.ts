// led_flicker: the power of the lamp differs from frame to frame. It announces its excitation, so that whatever follows the light follows it.
import { defineStep, facts, lazySeries, modulate } from "@minisim/pipeline";
import type { Random } from "@minisim/random";
import { fraction } from "@minisim/spec";
import { z } from "zod";
import { name, version } from "../package.json";

export const ledFlicker = defineStep({
  kind: "led_flicker",
  package: { name, version },
  revision: 1,
  domain: "sensor",
  after: ["illumination_profile", "vignette", "leakage"],
  summary: "The lamp's power differs from frame to frame.",
  sources: ["Phenomenological white noise of the LED's current; fit cv to the mean of frames"],
  params: z.strictObject({
    cv: fraction({
      description: "Standard deviation of the lamp's power in a frame, relative to its mean",
      source: "0.018: the mean of a frame of a Miniscope V4 of before v4.40",
    }).default(0.018),
  }),
  truth: {
    led_power: { dims: ["frame"], unit: "1", description: "Relative power of the lamp." },
  },
  announce: ({ params, geometry: { n_frames }, random }) =>
    facts.excitation.of(lazySeries(n_frames, () => powerOf(params.cv, n_frames, random))),
  compile({ params, geometry: { n_frames }, random }) {
    const led_power = powerOf(params.cv, n_frames, random);
    return { truth: { led_power }, frames: modulate(null, led_power) };
  },
});

/** 1 + cv · normal in every frame, never below 0. The same where it is announced and where it compiles: the stream has one name. */
function powerOf(cv: number, n_frames: number, random: Random): Float64Array {
  const stream = random.stream("power");
  return Float64Array.from({ length: n_frames }, () => Math.max(0, 1 + cv * stream.normal()));
}
