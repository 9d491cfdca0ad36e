// What is expected of a spec before it is compiled, next to what compiling it gives.
import { expectedWork, type Plan, type StepDefinition, slots } from "@minisim/pipeline";
import { decodedBytes } from "@minisim/store";
import { buildSpec, builtinSteps, compile, Spec, storeHeader, vary } from "minisim";
import { describe, expect, test } from "vitest";

/** Pixels of the patches and of the dense fields that a frame reads. */
function operandsOf({ program }: Plan): { readonly patches: number; readonly fields: number } {
  let [patches, fields] = [0, 0];
  for (const instruction of program.instructions) {
    if (instruction.verb === "modulate") {
      fields += (instruction.field?.length ?? 0) + (instruction.swing?.length ?? 0);
    }
    if (instruction.verb !== "accumulate") continue;
    const { components } = instruction;
    if ("canvas" in components) patches += components.data.length;
    else if ("data" in components) fields += components.data.length;
  }
  return { patches, fields };
}

const v4 = Spec.parse(buildSpec("miniscope_v4", "ca1", { duration_s: 5 }));
const changed = (changes: Record<string, unknown>) => vary(v4, changes);
const chip = (side: number) => ({
  "acquisition.image_sensor.n_px_height": side,
  "acquisition.image_sensor.n_px_width": side,
});

describe.each([
  ["a Miniscope V4 over CA1", v4],
  ["a flat field", changed({ "acquisition.optics.field_curvature_radius_um": null, ...chip(300) })],
  [
    "dendrites",
    changed({
      "steps.place_neurons.morphology": "cytosolic",
      "steps.place_neurons.density_per_mm3": 3000,
    }),
  ],
  [
    "deep cells, far out of focus",
    changed({
      "steps.place_neurons.depth_range_um": [0, 500],
      "steps.place_neurons.density_per_mm3": 5000,
      "acquisition.focal_depth_in_tissue_um": 50,
      ...chip(400),
    }),
  ],
  ["large frames without a sensor", changed({ "steps.sensor": null, ...chip(700) })],
])("%s", (_, spec) => {
  const expected = expectedWork(spec, builtinSteps as readonly StepDefinition[]);
  const plan = compile(spec);

  test("has the fields and the movie that were expected", () => {
    expect(operandsOf(plan).fields).toBe(expected.field_px);
    expect(decodedBytes(storeHeader(plan)).movie).toBe(expected.movie_bytes);
  });

  test("has the cells and patches that were expected, within a quarter", () => {
    expect(Math.abs(plan.scene.get(slots.cells).count / expected.cells - 1)).toBeLessThan(0.25);
    expect(Math.abs(operandsOf(plan).patches / expected.footprint_px - 1)).toBeLessThan(0.25);
  });
});

test("stages are expected as large as they are, or as their canvas", () => {
  const spec = changed({ "output.save_intermediates": true, ...chip(64) });
  const { stages_bytes } = expectedWork(spec, builtinSteps as readonly StepDefinition[]);
  const { snapshots } = decodedBytes(storeHeader(compile(spec)));
  expect(stages_bytes).toBeGreaterThanOrEqual(snapshots);
  expect(stages_bytes).toBeLessThan(3 * snapshots);
});
