// Parameters of the vignette step.
import { falloffShape } from "@minisim/optics/falloff-params";
import { fraction } from "@minisim/spec";
import { z } from "zod";

export const params = z.strictObject({
  falloff: fraction({
    description:
      "Collection efficiency at the farthest corner of the field, relative to its centre",
  }).default(0.5),
  ...falloffShape,
});
