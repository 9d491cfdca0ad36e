// A small microscope of fake steps: two cells, their light on a canvas with a margin, a lens, a counter.

import {
  accumulate,
  defineStep,
  digitize,
  facts,
  modulate,
  observedFootprints,
  type StepDefinition,
  slots,
} from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import { z } from "zod";

export const FRAMES = 9;
export const MARGIN = 2;
export const FOV = { height: 4, width: 6 };

const base = { revision: 1, summary: "A step for tests.", sources: [] } as const;

export const cells = defineStep({
  ...base,
  kind: "cells",
  domain: "cell",
  params: z.strictObject({ positive: z.number().positive().default(1) }),
  check: ({ params: { positive } }) =>
    positive > 10
      ? [{ severity: "warning", code: "large", path: ["positive"], message: "is large" }]
      : [],
  compile({ geometry: { n_frames }, params, warn }) {
    const cell = (i: number) => ({
      key: [i],
      position_um: [5, 0, i] as const,
      planted: { row: 3 + i, col: 4, height: 1, width: 2, data: Float32Array.of(1, 0.5) },
    });
    const C = Float64Array.from({ length: 2 * n_frames }, (_, i) => params.positive * (1 + i));
    const spike_times_s = { offsets: new Int32Array(3), data: new Float64Array(0) };
    const amplitude = Float64Array.of(1, 1);
    const activity = { C, S: new Float64Array(C.length), amplitude, spike_times_s };
    if (params.positive > 5) warn("bright", "The cells are bright.");
    return { put: [slots.cells.of([cell(0), cell(1)]), slots.activity.of(activity)] };
  },
});

export const light = defineStep({
  ...base,
  kind: "light",
  stage: "cells_only",
  domain: "tissue",
  params: z.strictObject({}),
  announce: () => facts.margin_px.of(MARGIN),
  compile: ({ scene }) => ({
    frames: accumulate(observedFootprints(scene), { per_frame: [scene.get(slots.activity)!.C] }),
  }),
});

export const lens = defineStep({
  ...base,
  kind: "lens",
  domain: "sensor",
  params: z.strictObject({}),
  compile: ({ geometry: { fov } }) => ({
    frames: modulate(new Float64Array(fov.height * fov.width).fill(0.5)),
  }),
});

export const counter = defineStep({
  ...base,
  kind: "z_counter",
  domain: "sensor",
  params: z.strictObject({}),
  announce: () =>
    facts.exposure.of(
      exposureWith({ photons_per_unit: 20, quantum_efficiency: 0.5, read_noise_e: 1 }),
    ),
  compile: ({ random }) => ({
    frames: digitize(
      exposureWith({
        photons_per_unit: 20,
        quantum_efficiency: 0.5,
        read_noise_e: 1,
        counts_per_e: 1,
        max_count: 2 ** 8 - 1,
      }),
      random.key("noise"),
    ),
  }),
});

export const steps: readonly StepDefinition[] = [counter, lens, light, cells];

export const specInput = (more: object = {}, cellParams: object = {}) => ({
  acquisition: {
    fps: 10,
    duration_s: FRAMES / 10,
    image_sensor: { n_px_height: FOV.height, n_px_width: FOV.width },
  },
  seed: 4,
  steps: [
    { kind: "z_counter" },
    { kind: "light" },
    { kind: "cells", ...cellParams },
    { kind: "lens" },
  ],
  ...more,
});
