// The bleaching step: cells fade by the light they make under the excitation they get. C stays clean; emission is C · B.
import { defineStep, factAt } from "@minisim/pipeline";
import { params } from "./params.ts";
import { poolSeries } from "./pool.ts";
import { bleachingWork } from "./work.ts";

export { bleachingFloor, darkRecovery, fluorophorePool, type PoolRates } from "./pool.ts";

export const bleaching = defineStep({
  kind: "bleaching",
  revision: 1,
  domain: "cell",
  after: ["place_neurons", "cell_activity"],
  summary: "Photobleaching of each cell's fluorophore, with turnover.",
  sources: ["First-order photobleaching with first-order turnover (textbook rate equation)"],
  params,
  truth: {
    bleaching: {
      dims: ["unit", "frame"],
      unit: "1",
      description: "Fraction of the fluorophore still intact.",
    },
  },
  work: bleachingWork,
  compile({ params, geometry, scene, facts, truth }) {
    const { activity } = scene.cells;
    if (!activity) return;
    const { fps, pixel_size_um } = geometry;
    const pool = poolSeries(activity.C, (cell) => {
      const [, y, x] = scene.cells.at(cell).position_um;
      return {
        q_per_frame: params.bleach_susceptibility / fps,
        tau_frames: params.turnover_tau_s * fps,
        intensity: params.excitation_intensity * factAt(facts.excitation, pixel_size_um, y, x),
      };
    });
    scene.cells.intact_fraction = pool;
    truth.bleaching = pool;
  },
});
