// The composite step: the light of all cells on the canvas. Sparse: only the pixels of each footprint are touched.
import { accumulate, defineStep } from "@minisim/pipeline";
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
  compile({ scene: { cells } }) {
    if (!cells.activity) return;
    const emission = [cells.activity.C];
    if (cells.intact_fraction) emission.push(cells.intact_fraction);
    return accumulate(cells.observed, { per_frame: emission });
  },
});
