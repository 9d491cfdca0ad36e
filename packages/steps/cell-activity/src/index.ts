// The cell_activity step: when cells fire and what light that makes.
import { defineStep, slots } from "@minisim/pipeline";
import { name, version } from "../package.json";
import { simulateActivity } from "./activity.ts";
import { burstSource } from "./bursts.ts";
import { checkCellActivity } from "./check.ts";
import { firstEdition } from "./first-edition.ts";
import { gateSource } from "./gate.ts";
import { ownSpikes, ownTraces, spikesBefore } from "./own.ts";
import { cellActivityParams } from "./params.ts";
import { pastFrames } from "./past.ts";
import { responseOf } from "./response.ts";
import { sampleGrid } from "./trains.ts";
import { cellActivityWork } from "./work.ts";

export { type GateActivity, gateActivityParams } from "./levels.ts";
export { type KernelTaus, type KernelTiming, kernelTiming, tauFromTiming } from "./timing.ts";

export const cellActivity = defineStep({
  kind: "cell_activity",
  package: { name, version },
  revision: 3,
  domain: "cell",
  after: ["place_neurons"],
  summary: "Makes each cell fire and turns its spikes into the light of a calcium indicator.",
  sources: [
    "doi:10.1038/nature12354",
    "doi:10.1038/s41592-019-0435-6",
    "doi:10.1038/s41586-023-05828-9",
    "doi:10.1016/j.jneumeth.2021.109173",
    "https://github.com/miniscope/CaLab",
  ],
  params: cellActivityParams,
  firstEdition,
  check: checkCellActivity,
  truth: {
    calcium: {
      dims: ["unit", "frame"],
      unit: "1",
      description:
        "Free calcium over its resting level, the mean over each frame; absent where light is linear in it.",
    },
  },
  work: cellActivityWork,
  inWindow: ({ params: { spike_times_s, dff }, acquisition: { fps }, window: { n_frames } }) => ({
    spike_times_s: spike_times_s && spikesBefore(spike_times_s, n_frames / fps),
    dff: dff?.map((trace) => trace.slice(0, n_frames)) ?? null,
  }),
  compile({ params, geometry: { fps, n_frames }, scene, random, warn }) {
    const cells = scene.get(slots.cells);
    const own = params.spike_times_s ?? params.dff;
    if (own && own.length > cells.count) {
      const message = `${own.length} cells have ${params.dff ? "traces" : "spikes"} of your own, but there are ${cells.count} cells: the last ${own.length - cells.count} are not used.`;
      warn("own_without_cell", message);
    }
    const response = responseOf(params);
    const window = { fps, n_frames, past_frames: pastFrames(params, response.taus, fps) };
    const ofCell = (cell: number, purpose: string, piece?: number) =>
      random.stream(purpose, ...cells.at(cell).key, ...(piece === undefined ? [] : [piece]));
    const shared = (purpose: string, piece = 0) => random.stream(`${purpose}_of_all`, piece);
    const model = params.firing === "gate" ? gateSource : burstSource;
    const source = params.spike_times_s
      ? ownSpikes(params.spike_times_s, window)
      : model(params, window, { ofCell, shared });
    const { calcium, ...activity } = simulateActivity({
      spread: params,
      response,
      grid: sampleGrid(fps, params.sampling_hz),
      window,
      n_cells: cells.count,
      source: params.dff ? ownSpikes([], window) : source,
      draws: ofCell,
    });
    if (params.dff) {
      const C = ownTraces(params.dff, params.f0, activity.amplitude, n_frames);
      const { spike_norm, ...rest } = activity;
      return { put: slots.activity.of({ ...rest, C }) };
    }
    return { put: slots.activity.of(activity), truth: calcium ? { calcium } : {} };
  },
});
