// Parameters of the illumination_profile step.
import { falloffShape } from "@minisim/optics/falloff-params";
import { fraction } from "@minisim/spec";
import { z } from "zod";

export const params = z.strictObject({
  falloff: fraction({
    description: "Excitation intensity at the farthest corner of the field, relative to its centre",
  }).default(0.7),
  ...falloffShape,
});
