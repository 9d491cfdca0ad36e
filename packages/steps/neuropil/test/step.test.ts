// What the compiled step leaves: truth, and one accumulation over the canvas.
import { compile, defineStep, facts, slots } from "@minisim/pipeline";
import { createSpecFactory } from "@minisim/spec";
import { neuropil } from "@minisim/step-neuropil";
import { expect, test } from "vitest";
import { z } from "zod";
import oracle from "./fixtures/neuropil.json" with { type: "json" };

const C = [1, 3, 5, 1, 2, 2, 2, 2];
const cells = defineStep({
  kind: "two_cells",
  revision: 1,
  domain: "cell",
  summary: "Two cells with given traces.",
  sources: [],
  params: z.strictObject({ bleached: z.boolean().default(false) }),
  announce: () => facts.margin_px.of(3),
  compile({ params }) {
    const planted = { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };
    const activity = {
      C: Float64Array.from(C),
      S: new Float64Array(8),
      amplitude: Float64Array.of(1, 1),
      spike_times_s: { offsets: new Int32Array(3), data: new Float64Array(0) },
    };
    const intact = Float64Array.of(1, 0.9, 0.8, 0.7, 1, 0.7, 0.6, 0.5);
    return {
      put: [
        slots.cells.of([
          { key: [0], position_um: [0, 0, 0], planted },
          { key: [1], position_um: [0, 0, 0], planted },
        ]),
        slots.activity.of(activity),
        ...(params.bleached ? [slots.intact_fraction.of(intact)] : []),
      ],
    };
  },
});
const steps = [neuropil, cells];
const { parse, safeParse } = createSpecFactory(steps);

function planOf(own: object, others: readonly object[] = []) {
  const image_sensor = { n_px_height: 20, n_px_width: 24 };
  const acquisition = { image_sensor, fps: 4, duration_s: 1 };
  return compile(
    parse({ acquisition, seed: 3, steps: [{ kind: "neuropil", ...own }, ...others] }),
    steps,
  );
}

test("has the defaults of the reference", () => {
  expect(neuropil.params.parse({})).toEqual(
    Object.fromEntries(Object.entries(oracle.defaults).filter(([name]) => name !== "kind")),
  );
});

test("adds its components over the canvas, weighted by the truth it leaves", () => {
  const { program, truth } = planOf({ n_components: 2, amplitude: 0.6 }, [{ kind: "two_cells" }]);
  expect(truth.get("neuropil_spatial")?.shape).toEqual([2, 26, 30]);
  expect(truth.get("neuropil_temporal")?.shape).toEqual([2, 4]);
  expect(truth.get("neuropil_population")?.shape).toEqual([4]);
  const [instruction, ...others] = program.instructions;
  expect(others).toEqual([]);
  expect(instruction).toEqual({
    verb: "accumulate",
    components: {
      count: 2,
      height: 26,
      width: 30,
      data: truth.get("neuropil_spatial")?.data,
    },
    weights: {
      per_frame: [truth.get("neuropil_temporal")?.data],
      scale: 0.3,
    },
  });
});

test("fades with the mean intact fraction of the population", () => {
  const fresh = planOf({}, [{ kind: "two_cells" }]).truth;
  const faded = planOf({}, [{ kind: "two_cells", bleached: true }]).truth;
  const intact = [1, 0.8, 0.7, 0.6];
  const temporal = fresh.get("neuropil_temporal")!.data;
  // a mean and a product in float64
  for (const [i, value] of faded.get("neuropil_temporal")!.data.entries()) {
    expect(value).toBeCloseTo(temporal[i]! * intact[i % 4]!, 12);
  }
  expect(faded.get("neuropil_population")).toEqual(fresh.get("neuropil_population"));
});

test("follows the population wholly at a coupling of 1", () => {
  const { truth } = planOf({ population_coupling: 1 }, [{ kind: "two_cells" }]);
  const population = truth.get("neuropil_population")!.data;
  expect(truth.get("neuropil_temporal")!.data.subarray(4, 8)).toEqual(population);
});

test("drifts by itself where no cell has a trace", () => {
  const { truth } = planOf({ population_coupling: 1 });
  expect(truth.has("neuropil_population")).toBe(false);
  expect(new Set(truth.get("neuropil_temporal")!.data).size).toBe(12);
});

test("keeps its components when another is added", () => {
  const two = planOf({ n_components: 2 }).truth.get("neuropil_temporal")!.data;
  const three = planOf({ n_components: 3 }).truth.get("neuropil_temporal")!.data;
  expect(three.subarray(0, 8)).toEqual(two);
});

test.each([
  ["n_components", 0],
  ["n_components", 1.5],
  ["population_coupling", 1.1],
  ["spatial_sigma_um", 0],
  ["amplitude", -1],
])("refuses %s = %s", (field, value) => {
  const result = safeParse({ steps: [{ kind: "neuropil", [field]: value }] });
  expect(result.ok ? [] : result.issues.map((issue) => issue.path)).toEqual([["steps", 0, field]]);
});
