// The bleaching step: cells fade by the light they make under the excitation they get. C stays clean; emission is C · B.
import { defineStep, factorAt, facts, slots, summarize } from "@minisim/pipeline";
import { name, version } from "../package.json";
import { params } from "./params.ts";
import { poolsOf } from "./pool.ts";
import { bleachingWork } from "./work.ts";

export { bleachingFloor, darkRecovery, fluorophorePool, type PoolRates } from "./pool.ts";

export const bleaching = defineStep({
  kind: "bleaching",
  package: { name, version },
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
  compile({ params, geometry, scene, share }) {
    const activity = scene.get(slots.activity);
    if (!activity) return;
    const cells = scene.get(slots.cells);
    const excitation = scene.get(facts.excitation);
    const { series: pool, reading } = poolsOf(activity.C, (cell) => {
      const [, y, x] = cells.at(cell).position_um;
      const { steady, course } = factorAt(excitation, geometry, y, x);
      return {
        q_per_frame: params.bleach_susceptibility / geometry.fps,
        tau_frames: params.turnover_tau_s * geometry.fps,
        intensity: params.excitation_intensity * steady,
        course,
      };
    });
    // The only pass over all cells and frames: later steps want sums and extremes of both.
    summarize(reading, share);
    return { put: slots.intact_fraction.of(pool), truth: { bleaching: pool } };
  },
});
