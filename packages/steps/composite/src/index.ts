// The composite step: the light of all cells on the canvas. Sparse: only the pixels of each footprint are touched.
import { accumulate, defineStep, observedFootprints, slots } from "@minisim/pipeline";
import { z } from "zod";
import { compositeWork } from "./work.ts";

export const composite = defineStep({
  kind: "composite",
  revision: 1,
  domain: "tissue",
  stage: "cells_only",
  summary: "Sum of all cells: emission over time times observed footprint.",
  sources: ["Linear superposition of incoherent fluorescence"],
  params: z.strictObject({}),
  work: compositeWork,
  compile({ scene }) {
    const activity = scene.get(slots.activity);
    const intact = scene.get(slots.intact_fraction);
    if (!activity) return;
    const per_frame = intact ? [activity.C, intact] : [activity.C];
    return { frames: accumulate(observedFootprints(scene), { per_frame }) };
  },
});
