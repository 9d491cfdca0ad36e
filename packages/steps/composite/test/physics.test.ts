// The movie of the cells is the dense sum Σ emission_i(t) · footprint_i, computed here the long way.
import { defineStep, type Made, slots } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import { composite } from "@minisim/step-composite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";

const FRAMES = 6;
const HEIGHT = 9;
const WIDTH = 11;
// Tenths of up to 2 in float32, at most 5 cells: two roundings a term and four sums of values below 5·2·2·4.
const TOLERANCE = 80 * 8 * 2 ** -24;

const simulate = (put: NonNullable<Made["put"]>) => {
  const cells = defineStep({
    kind: "cells",
    revision: 1,
    domain: "cell",
    summary: "Cells for a test.",
    sources: [],
    params: z.strictObject({}),
    compile: () => ({ put }),
  });
  return createSimulator({ steps: [cells, composite] }).simulate({
    acquisition: {
      fps: 1,
      duration_s: FRAMES,
      image_sensor: { n_px_height: HEIGHT, n_px_width: WIDTH },
    },
    steps: [{ kind: "composite" }, { kind: "cells" }],
  });
};

const tenth = fc.integer({ min: 0, max: 20 }).map((n) => n / 10);
const cell = fc.record({
  row: fc.nat(HEIGHT - 3),
  col: fc.nat(WIDTH - 4),
  data: fc.array(tenth, { minLength: 12, maxLength: 12 }),
  trace: fc.array(tenth, { minLength: FRAMES, maxLength: FRAMES }),
  intact: fc.array(tenth, { minLength: FRAMES, maxLength: FRAMES }),
  sigma: fc.constantFrom(0, 0.7, 1.2),
});
const population = fc.array(cell, { maxLength: 5 });

const filling = (
  cells: readonly (typeof cell extends fc.Arbitrary<infer C> ? C : never)[],
  blurred: boolean,
  bleached: boolean,
) => {
  const placed = cells.map(({ row, col, data }, i) => ({
    key: [i],
    position_um: [0, 0, 0] as const,
    planted: { row, col, height: 3, width: 4, data: Float32Array.from(data) },
  }));
  const C = Float64Array.from(cells.flatMap(({ trace }) => trace));
  const activity = {
    C,
    S: new Float64Array(C.length),
    amplitude: new Float64Array(cells.length).fill(1),
    spike_times_s: { offsets: new Int32Array(cells.length + 1), data: new Float64Array(0) },
  };
  const intact = Float64Array.from(cells.flatMap((one) => one.intact));
  const optics = {
    sigma_px: Float64Array.from(cells, ({ sigma }) => sigma),
    gain: new Float64Array(cells.length).fill(0.5),
    in_focus: new Uint8Array(cells.length),
    brightness: new Float64Array(cells.length),
  };
  return [
    slots.cells.of(placed),
    slots.activity.of(activity),
    ...(bleached ? [slots.intact_fraction.of(intact)] : []),
    ...(blurred ? [slots.optics.of(optics)] : []),
  ];
};

test("is the dense sum of emission × observed footprint", async () => {
  await fc.assert(
    fc.asyncProperty(population, fc.boolean(), fc.boolean(), async (cells, blurred, bleached) => {
      const { observed, ground_truth } = await simulate(filling(cells, blurred, bleached));
      // Cells whose every pixel is 0 are not in the truth, and give no light.
      const lit = cells.filter(({ data }) => data.some((value) => value > 0));
      const footprints = ground_truth.A_observed.data;
      for (let t = 0; t < FRAMES; t++) {
        for (let p = 0; p < HEIGHT * WIDTH; p++) {
          let sum = 0;
          for (const [i, { trace, intact }] of lit.entries()) {
            sum += trace[t]! * (bleached ? intact[t]! : 1) * footprints[i * HEIGHT * WIDTH + p]!;
          }
          expect(Math.abs(observed.data[t * HEIGHT * WIDTH + p]! - sum)).toBeLessThan(TOLERANCE);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test("without traces the field is dark", async () => {
  const { observed } = await simulate(
    slots.cells.of([
      {
        key: [0],
        position_um: [0, 0, 0],
        planted: { row: 0, col: 0, height: 1, width: 1, data: Float32Array.of(1) },
      },
    ]),
  );
  expect(observed.data.every((value) => value === 0)).toBe(true);
});

test("its stage is called cells_only, and found under both names", async () => {
  const recording = await simulate(filling([], false, false));
  expect((await recording.stage("composite")).name).toBe("cells_only");
  expect((await recording.stage("cells_only")).movie.shape).toEqual([FRAMES, HEIGHT, WIDTH]);
});
