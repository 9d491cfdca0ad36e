// Instructions that share a pass over the block give the bytes that they give one by one: a tap of every stage cuts the
// program between any two of them, and so does `until`.

import { FootprintStack } from "@minisim/footprint";
import { coarseGrid } from "@minisim/kernels";
import {
  accumulate,
  area,
  custom,
  digitize,
  type Instruction,
  modulate,
  translate,
} from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CANVAS, collect, FOV, FRAMES, fieldOf, MARGIN, type Part, programOf } from "./programs.ts";

const verbs = new URL("./fixtures/verbs.mjs", import.meta.url).href;
const light = ["patches", "field", "modulate", "weighted", "scaled", "swinging", "custom"] as const;
type Light = (typeof light)[number];

const wave = (n: number, seed: number) =>
  Float64Array.from({ length: n }, (_, i) => 1 + Math.sin(seed + 1.7 * i));

function instruction(kind: Light, shape: typeof FOV, seed: number): Instruction {
  const field = fieldOf(shape, (row, col) => Math.cos(seed + row + 0.3 * col));
  switch (kind) {
    case "patches": {
      const footprint = (row: number, col: number) => ({
        row,
        col,
        height: 3,
        width: 5,
        data: Float32Array.from(wave(15, seed + row)),
      });
      const stack = FootprintStack.from([footprint(0, 1), footprint(2, 2), footprint(1, 0)], shape);
      return accumulate(stack, { per_frame: [wave(3 * FRAMES, seed)] });
    }
    case "field":
      return accumulate({ count: 1, ...shape, data: field }, { per_frame: [wave(FRAMES, seed)] });
    case "modulate":
      return modulate(field);
    case "weighted":
      return modulate(field, wave(FRAMES, seed));
    case "scaled":
      return modulate(null, wave(FRAMES, seed));
    case "swinging": {
      const swing = fieldOf(shape, (row, col) => Math.sin(seed + 0.4 * row - col));
      return modulate(field, wave(FRAMES, seed), swing);
    }
    case "custom":
      return custom(verbs, "addToRow", { row: 1, step: 0.25 });
  }
}

const lights = fc.array(fc.constantFrom(...light), { maxLength: 5 });
// What the sensor side does: nothing, counts at its end, or counts with light after them.
const endings = fc.constantFrom("light", "counts", "more");

test("whatever shares a pass", async () => {
  await fc.assert(
    fc.asyncProperty(
      lights,
      lights,
      fc.boolean(),
      endings,
      fc.integer({ min: 1, max: FRAMES }),
      async (tissue, sensor, moves, ending, blockFrames) => {
        const name = (i: number) => String.fromCharCode(97 + i);
        const canvas = moves ? CANVAS : FOV;
        const parts: Part[] = tissue.map((kind, i) => ({
          kind: `${name(i)}_tissue`,
          make: () => instruction(kind, canvas, i),
        }));
        const shifts = Float64Array.from({ length: 2 * FRAMES }, (_, i) => Math.sin(i));
        const motion = translate(shifts, blockFrames % 2 === 0 ? bending : null);
        parts.push({
          kind: "motion",
          domain: "motion",
          make: () => (moves ? motion : []),
        });
        const seen: readonly (Light | "digitize")[] =
          ending === "light"
            ? sensor
            : [...sensor, "digitize", ...(ending === "more" ? sensor : [])];
        seen.forEach((kind, i) => {
          parts.push({
            kind: `${name(i)}_sensor`,
            domain: "sensor",
            make: () => (kind === "digitize" ? counts : instruction(kind, FOV, i)),
          });
        });
        const program = programOf(parts, moves ? MARGIN : 0);
        const fused = await collect(program, { blockFrames });
        const all = parts.map(({ kind }) => kind);
        const single = await collect(program, { blockFrames, taps: all });
        expect(fused.movie).toEqual(single.movie);
        expect(fused.type).toBe(single.type);
        // A stage on the way, reached in one stretch.
        const middle = all[Math.floor(all.length / 2)]!;
        const until = await collect(program, { until: middle, taps: [middle] });
        expect(until.taps[middle]).toEqual(single.taps[middle]?.slice());
      },
    ),
    { numRuns: 60 },
  );
});

const nodes = area(coarseGrid(FOV, 2));
const bending = {
  spacing_px: 2,
  count: 2,
  basis: Float64Array.from({ length: 4 * nodes }, (_, i) => Math.cos(i)),
  weights: Float64Array.from({ length: 2 * FRAMES }, (_, i) => Math.sin(3 * i)),
};

const counts = digitize(
  exposureWith({
    photons_per_unit: 30,
    quantum_efficiency: 0.8,
    read_noise_e: 2,
    counts_per_e: 1,
    max_count: 2 ** 10 - 1,
  }),
  [5, 6],
);
