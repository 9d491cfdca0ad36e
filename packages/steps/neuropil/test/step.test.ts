// What the compiled step leaves: truth, and one accumulation over the canvas.
import { attenuation, collectionEfficiency } from "@minisim/optics";
import { compile, defineStep, facts, slots } from "@minisim/pipeline";
import { render } from "@minisim/render";
import { createSpecFactory } from "@minisim/spec";
import { neuropil } from "@minisim/step-neuropil";
import { expect, test } from "vitest";
import { z } from "zod";

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

function planOf(own: object, others: readonly object[] = [], instrument: object = {}) {
  const image_sensor = { n_px_height: 20, n_px_width: 24 };
  const acquisition = { image_sensor, fps: 4, duration_s: 1, ...instrument };
  return compile(
    parse({ acquisition, seed: 3, steps: [{ kind: "neuropil", ...own }, ...others] }),
    steps,
  );
}

test("adds its components over the canvas, weighted by the truth it leaves", () => {
  const { program, truth, spec } = planOf({ n_components: 2, level: 6 }, [{ kind: "two_cells" }]);
  expect(truth.get("neuropil_spatial")?.shape).toEqual([2, 20, 24]);
  expect(truth.get("neuropil_temporal")?.shape).toEqual([2, 4]);
  expect(truth.get("neuropil_population")?.shape).toEqual([4]);
  const [instruction, ...others] = program.instructions;
  expect(others).toEqual([]);
  const { optics, tissue } = spec.acquisition;
  const light = 6 * collectionEfficiency(optics) * attenuation(100, tissue);
  expect(instruction).toMatchObject({
    verb: "accumulate",
    weights: {
      per_frame: [truth.get("neuropil_temporal")?.data],
      scale: light / 2,
    },
  });
});

test("is level · NA² · attenuation · mean of S · T, from the truth alone", async () => {
  const plan = planOf({ n_components: 3, spatial_sigma_um: 2, level: 7, depth_um: 50 }, [
    { kind: "two_cells", bleached: true },
  ]);
  const spatial = plan.truth.get("neuropil_spatial")!.data;
  const temporal = plan.truth.get("neuropil_temporal")!.data;
  const { optics, tissue } = plan.spec.acquisition;
  const light = 7 * collectionEfficiency(optics) * attenuation(50, tissue);
  for await (const { data } of render(plan.program)) {
    for (const [i, found] of (data as Float32Array).entries()) {
      const [t, pixel] = [Math.floor(i / 480), i % 480];
      let expected = 0;
      for (let k = 0; k < 3; k++) {
        expected += (light / 3) * spatial[k * 480 + pixel]! * temporal[k * 4 + t]!;
      }
      // float32: a product and a sum for each component, eight products in the splines
      expect(Math.abs(found / expected - 1)).toBeLessThan(20 * 2 ** -24);
    }
  }
});

test("shines like NA² and like the way out of its depth", () => {
  const scaleOf = (own: object, optics: object = {}) => {
    const [instruction] = planOf(own, [], { optics }).program.instructions;
    if (instruction?.verb !== "accumulate" || "constant" in instruction.weights) throw new Error();
    return instruction.weights.scale!;
  };
  // float64
  expect(scaleOf({}, { na: 0.2 }) / scaleOf({}, { na: 0.4 })).toBeCloseTo(0.25, 12);
  const mfp_um = 1 / (1 / 600 + 1 / 100);
  expect(scaleOf({ depth_um: mfp_um }) / scaleOf({ depth_um: 0 })).toBeCloseTo(Math.exp(-1), 12);
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
  const { truth } = planOf({ population_coupling: 1, fluctuation_cv: 0.1 }, [
    { kind: "two_cells" },
  ]);
  const population = truth.get("neuropil_population")!.data;
  const temporal = truth.get("neuropil_temporal")!.data;
  for (const [i, value] of temporal.entries()) {
    expect(value).toBeCloseTo(Math.exp(0.1 * population[i % 4]! - 0.005), 12);
  }
});

test("drifts by itself where no cell has a trace", () => {
  const { truth } = planOf({ population_coupling: 1 });
  expect(truth.has("neuropil_population")).toBe(false);
  expect(new Set(truth.get("neuropil_temporal")!.data).size).toBe(64);
});

test("keeps what drives its components when another is added", () => {
  const course = (n_components: number) => {
    const { truth } = planOf({ n_components, fluctuation_contrast: 0 });
    // ln T = b x − b²/2 with b = cv √n: the same x.
    const b = 0.0155 * Math.sqrt(n_components);
    return truth.get("neuropil_temporal")!.data.map((T) => (Math.log(T) + (b * b) / 2) / b);
  };
  const [two, three] = [course(2), course(3)];
  for (const [i, x] of two.entries()) expect(three[i]).toBeCloseTo(x, 9);
});

test.each([
  ["n_components", 0],
  ["n_components", 1.5],
  ["population_coupling", 1.1],
  ["spatial_sigma_um", 0],
  ["level", -1],
])("refuses %s = %s", (field, value) => {
  const result = safeParse({ steps: [{ kind: "neuropil", [field]: value }] });
  expect(result.ok ? [] : result.issues.map((issue) => issue.path)).toEqual([["steps", 0, field]]);
});
