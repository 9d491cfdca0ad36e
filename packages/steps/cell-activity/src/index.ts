// The cell_activity step: when cells fire and what calcium that makes.
import { defineStep, slots } from "@minisim/pipeline";
import { simulateActivity } from "./activity.ts";
import { checkCellActivity } from "./check.ts";
import { cellActivityParams } from "./params.ts";
import { cellActivityWork } from "./work.ts";

export { type SpikeActivity, spikeActivityParams } from "./levels.ts";
export { type KernelTaus, type KernelTiming, kernelTiming, tauFromTiming } from "./timing.ts";

export const cellActivity = defineStep({
  kind: "cell_activity",
  revision: 2,
  domain: "cell",
  after: ["place_neurons"],
  summary: "Makes each cell fire in bursts and turns its spikes into calcium.",
  sources: ["https://github.com/miniscope/CaLab"],
  params: cellActivityParams,
  check: checkCellActivity,
  work: cellActivityWork,
  compile({ params, geometry, scene, random }) {
    const cells = scene.get(slots.cells);
    const activity = simulateActivity(params, geometry, cells.count, (cell, purpose, piece) =>
      random.stream(purpose, ...cells.at(cell).key, ...(piece === undefined ? [] : [piece])),
    );
    return { put: slots.activity.of(activity) };
  },
});
