// Small steps for tests: one line each, on a field of view of 3 × 4 pixels of 1 µm.
import {
  type CompileOptions,
  compile,
  defineStep,
  type Plan,
  type StepDefinition,
} from "@minisim/pipeline";
import { createSpecFactory } from "@minisim/spec";
import { z } from "zod";

export const FRAMES = 5;
export const ACQUISITION = {
  fps: 10,
  duration_s: FRAMES / 10,
  optics: { magnification: 8 },
  image_sensor: { n_px_height: 3, n_px_width: 4, pixel_pitch_um: 8 },
} as const;

type Rest = Partial<Omit<Parameters<typeof defineStep>[0], "kind">>;

/** A step of the tissue that does nothing, but for what `rest` says. */
export function fake(kind: string, rest: Rest = {}): StepDefinition {
  return defineStep({
    kind,
    revision: 1,
    domain: "tissue",
    summary: "A step for tests.",
    sources: [],
    params: z.strictObject({}),
    compile() {},
    ...rest,
  }) as StepDefinition;
}

/** Compiles a spec that lists all of `steps` in their order. */
export function compiled(
  steps: readonly StepDefinition[],
  { seed = 7, ...options }: CompileOptions & { readonly seed?: number } = {},
): Plan {
  const used = steps.map(({ kind }) => ({ kind }));
  const spec = createSpecFactory(steps).parse({ acquisition: ACQUISITION, seed, steps: used });
  return compile(spec, steps, options);
}

/** A cell that lights one pixel of the canvas. */
export const cellAt = (row: number, col: number) => ({
  key: ["cell", row, col],
  position_um: [10, row, col] as const,
  planted: { row, col, height: 1, width: 1, data: Float32Array.of(1) },
});

/** Traces of `C` for the scene's cells, with no spikes. */
export const activityOf = (C: readonly number[], count: number) => ({
  C: Float64Array.from(C),
  S: new Float64Array(C.length),
  amplitude: new Float64Array(count).fill(1),
  spike_times_s: { offsets: new Int32Array(count + 1), data: new Float64Array(0) },
});
