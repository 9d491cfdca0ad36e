// The optics step: finds the focal plane, then says per cell how wide and how bright the optics deliver it.
import {
  autoFocus,
  cellOptics,
  curvatureShiftUm,
  depthOfFieldUm,
  type View,
} from "@minisim/optics";
import {
  defineStep,
  facts,
  photonBudgetAt,
  type SeriesSummary,
  slots,
  summaryOf,
} from "@minisim/pipeline";
import { z } from "zod";
import { name, version } from "../package.json";
import { blurCourse } from "./blur-course.ts";
import { opticsWork } from "./work.ts";

export const optics = defineStep({
  kind: "optics",
  package: { name, version },
  revision: 2,
  domain: "cell",
  after: ["place_neurons", "cell_activity", "bleaching"],
  summary: "Blur and brightness of each cell: diffraction, scatter, defocus, field curvature.",
  sources: [
    "Al-Juboori 2013, doi:10.1371/journal.pone.0067626 (scattering)",
    "Ma 2020, Neurophotonics 7:031208 (diffuse excitation)",
  ],
  params: z.strictObject({}),
  work: opticsWork,
  compile({ acquisition, geometry, scene, share }) {
    const activity = scene.get(slots.activity);
    const { optics, tissue, focal_depth_in_tissue_um } = acquisition;
    const { n_frames: frames, pixel_size_um } = geometry;
    const traces = activity && frames > 0 ? summaryOf(activity.C, share) : null;
    const cells = scene.get(slots.cells);
    const background = scene.get(facts.background);
    const placed = [...cells].map(({ position_um: [z_um, y_um, x_um] }, i) => ({
      z_um,
      y_um,
      x_um,
      radius_um: Math.sqrt(cells.lightOf(i) / Math.PI) * pixel_size_um,
      range: traces && rangeOf(traces, i),
      photon_budget: photonBudgetAt(scene, y_um, x_um),
      background,
    }));
    const focal =
      focal_depth_in_tissue_um === "auto"
        ? autoFocus({ cells: placed, optics, tissue, exposure: scene.get(facts.exposure) })
        : focal_depth_in_tissue_um;
    const columns = {
      sigma_px: new Float64Array(placed.length),
      gain: new Float64Array(placed.length),
      in_focus: new Uint8Array(placed.length),
    };
    const depthOfField = depthOfFieldUm(optics, tissue);
    const views = placed.map(({ z_um, y_um, x_um }): View => {
      const radius = Math.sqrt(y_um * y_um + x_um * x_um);
      const focal_um = focal - curvatureShiftUm(radius, optics.field_curvature_radius_um);
      return { z_um, focal_um, optics, tissue, pixel_size_um };
    });
    for (const [i, view] of views.entries()) {
      const seen = cellOptics(view);
      columns.sigma_px[i] = seen.sigma_px;
      columns.gain[i] = seen.gain;
      columns.in_focus[i] = Math.abs(view.z_um - view.focal_um) <= depthOfField ? 1 : 0;
    }
    const shift = scene.get(facts.focus_shift_um);
    const course = shift ? { sigma_course_px: blurCourse(views, shift) } : {};
    return { put: [slots.focal_depth_um.of(focal), slots.optics.of({ ...columns, ...course })] };
  },
});

/** ΔF and baseline of one cell's trace. */
const rangeOf = ({ lowest, highest }: SeriesSummary, cell: number) => ({
  peak: highest[cell]! - lowest[cell]!,
  baseline: lowest[cell]!,
});
