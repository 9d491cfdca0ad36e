// The composite step: the light of all cells on the canvas. Sparse: only the pixels of each footprint are touched, and the nodes of each halo.
import { accumulate, accumulateCells, defineStep, rowsOf, slots } from "@minisim/pipeline";
import { z } from "zod";
import { name, version } from "../package.json";
import { drawn, halosOf, sharingGrids } from "./halo.ts";
import { compositeWork } from "./work.ts";

export const composite = defineStep({
  kind: "composite",
  package: { name, version },
  revision: 1,
  domain: "tissue",
  stage: "cells_only",
  summary:
    "Sum of all cells: emission over time times observed footprint, and the halo of their scattered light.",
  sources: [
    "Linear superposition of incoherent fluorescence",
    "Alido 2023, arXiv:2303.12573 (scattered light as background)",
  ],
  params: z.strictObject({}),
  truth: {
    halo_light: {
      dims: ["unit"],
      unit: "px",
      description:
        "Light of the cell's whole halo at an emission of 1, in pixels of planted brightness 1; absent where tissue.halo_fraction is 0.",
    },
    halo_sigma_px: {
      dims: ["unit"],
      unit: "px",
      description: "Width of the Gaussian of the cell's halo; 0 where it has none.",
    },
  },
  work: compositeWork,
  compile({ acquisition, geometry, scene }) {
    const activity = scene.get(slots.activity);
    const intact = scene.get(slots.intact_fraction);
    if (!activity) return;
    const per_frame = intact ? [activity.C, intact] : [activity.C];
    const direct = accumulateCells(scene, per_frame);
    if (acquisition.tissue.halo_fraction === 0) return { frames: direct };

    const cells = scene.get(slots.cells);
    const halos = halosOf(cells, acquisition, geometry.pixel_size_um);
    const halo_light = new Float64Array(cells.count);
    const halo_sigma_px = new Float64Array(cells.count);
    for (const { cell, light, sigma_px } of halos) {
      halo_light[cell] = light;
      halo_sigma_px[cell] = sigma_px;
    }
    const scattered = sharingGrids(halos).map((group) => {
      const members = group.map(({ cell }) => cell);
      return accumulate(drawn(group, geometry.canvas), {
        per_frame: per_frame.map((series) => rowsOf(series, members)),
      });
    });
    return { truth: { halo_light, halo_sigma_px }, frames: [direct, ...scattered] };
  },
});
