// soft_saturation: pixels that answer less and less to more light. None of the six verbs bends light, so this step brings its own.
import { type CustomVerb, custom, defineStep } from "@minisim/pipeline";
import { quantity } from "@minisim/spec";
import { z } from "zod";
import { name, version } from "../package.json";

export const softSaturation = defineStep({
  kind: "soft_saturation",
  package: { name, version },
  revision: 1,
  domain: "sensor",
  after: ["illumination_profile", "vignette", "leakage", "illumination_drift"],
  summary: "Pixels that answer less to more light.",
  sources: ["estimate: the first order of what EMVA Standard 1288 calls the linearity error"],
  params: z.strictObject({
    bend: quantity({
      unit: "1",
      min: 0,
      max: 1000,
      description: "Light x is read as x / (1 + bend · x)",
      source: "0.01: estimate; a cell's light of 20 is read as 16.7",
    }).default(0.01),
  }),
  // The verb is found by the address of this module, or of the file that it is bundled into: that has to export it.
  compile: ({ params }) => ({
    frames: custom(import.meta.url, "bendLight", { bend: params.bend }),
  }),
});

/** The verb: loaded wherever frames are rendered, and given its operands. It changes one frame in place and remembers nothing. */
export const bendLight: CustomVerb = ({ bend }) => {
  const b = Number(bend);
  return (frame) => {
    for (let pixel = 0; pixel < frame.length; pixel++) frame[pixel]! /= 1 + b * frame[pixel]!;
  };
};
