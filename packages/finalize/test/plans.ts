// Plans for finalize, from steps made to measure: cells where a test wants them, and one step for everything else.
import {
  type Announced,
  type CompileContext,
  compile,
  defineStep,
  facts,
  type Made,
  type NewCell,
  type Plan,
  type StepDefinition,
  slots,
  type TruthDeclarations,
} from "@minisim/pipeline";
import { createSpecFactory } from "@minisim/spec";
import { z } from "zod";

export const FRAMES = 4;
export const FOV = { height: 6, width: 8 };
export const MARGIN = 3;

export interface Scenario {
  readonly cells?: readonly NewCell[];
  readonly announce?: readonly Announced[];
  readonly truth?: TruthDeclarations;
  readonly domain?: StepDefinition["domain"];
  readonly compile?: (context: CompileContext<unknown>) => Made;
  readonly store_dtype?: "float32" | "float64";
}

/** One pixel of light at (row, col) of the canvas, at its place in µm (1 µm a pixel). */
export const cellAt = (row: number, col: number, height = 1, width = 1): NewCell => ({
  key: [row, col],
  position_um: [
    50,
    row + (height - 1) / 2 - (FOV.height + 2 * MARGIN - 1) / 2,
    col + (width - 1) / 2 - (FOV.width + 2 * MARGIN - 1) / 2,
  ],
  planted: { row, col, height, width, data: new Float32Array(height * width).fill(1) },
});

const base = {
  revision: 1,
  summary: "A step for tests.",
  sources: [],
  params: z.strictObject({}),
} as const;

export function planOf({
  cells = [],
  announce,
  truth,
  domain = "tissue",
  ...rest
}: Scenario): Plan {
  const steps = [
    defineStep({
      ...base,
      kind: "cells",
      domain: "cell",
      announce: () => facts.margin_px.of(MARGIN),
      compile: () => ({ put: slots.cells.of(cells) }),
    }),
    defineStep({
      ...base,
      kind: "rest",
      domain,
      after: ["cells"],
      ...(truth ? { truth } : {}),
      ...(announce ? { announce: () => announce } : {}),
      compile: (context) => rest.compile?.(context) ?? {},
    }),
  ] as unknown as StepDefinition[];
  const spec = createSpecFactory(steps).parse({
    acquisition: {
      fps: 10,
      duration_s: FRAMES / 10,
      optics: { magnification: 8 },
      image_sensor: { n_px_height: FOV.height, n_px_width: FOV.width, pixel_pitch_um: 8 },
    },
    steps: [{ kind: "cells" }, { kind: "rest" }],
    output: { store_dtype: rest.store_dtype ?? "float32" },
  });
  return compile(spec, steps);
}

/** Traces of each cell, no spikes but the times given. */
export function activityOf(
  traces: readonly (readonly number[])[],
  times: readonly number[][] = [],
) {
  const lists = traces.map((_, i) => times[i] ?? []);
  const ends = lists.map((_, i) => lists.slice(0, i + 1).flat().length);
  return {
    C: Float64Array.from(traces.flat()),
    S: Float64Array.from(traces.flat(), (value) => value / 2),
    amplitude: Float64Array.from(traces, (_, i) => i + 1),
    spike_times_s: { offsets: Int32Array.of(0, ...ends), data: Float64Array.from(lists.flat()) },
  };
}

export const opticsOf = (...brightness: number[]) => ({
  sigma_px: Float64Array.from(brightness, (_, i) => 0.5 + i),
  gain: Float64Array.from(brightness, (_, i) => 1 / (1 + i)),
  in_focus: Uint8Array.from(brightness, (_, i) => (i === 1 ? 1 : 0)),
  brightness: Float64Array.from(brightness),
});
