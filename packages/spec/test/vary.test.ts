// Changing a spec by paths: what is set where, and what cannot be.
import { SpecError, varied } from "@minisim/spec";
import { expect, test } from "vitest";
import { factory, kinds } from "./fake-steps.ts";

const base = factory.parse({
  steps: [
    { kind: "place_neurons", populations: [{ density_per_mm3: 100 }] },
    { kind: "vasculature", layers: [{ depth_um: 10 }, { depth_um: 20 }] },
    { kind: "sensor" },
  ],
});
const stepOf = (spec: { steps: readonly { kind: string }[] }, kind: string) =>
  spec.steps.find((step) => step.kind === kind);

test("fields, whole steps, steps that are left out, and fields of a step that is added", () => {
  const changed = factory.vary(base, {
    "acquisition.optics.na": 0.2,
    seed: 7,
    "steps.neuropil.amplitude": 2,
    "steps.neuropil": {},
    "steps.vasculature": null,
    "steps.sensor": { photons_per_unit: 5 },
    "steps.place_neurons.density_per_mm3": 50,
    output: { save_intermediates: true },
  });
  expect(changed.acquisition.optics.na).toBe(0.2);
  expect(changed.seed).toBe(7);
  expect(stepOf(changed, "neuropil")).toMatchObject({ amplitude: 2 });
  expect(stepOf(changed, "vasculature")).toBeUndefined();
  expect(stepOf(changed, "sensor")).toMatchObject({ photons_per_unit: 5 });
  expect(stepOf(changed, "place_neurons")).toMatchObject({
    populations: [{ density_per_mm3: 50 }],
  });
  expect(changed.output.save_intermediates).toBe(true);
});

test("the given spec stays as it is, and so does a value that is given", () => {
  const layers = [{ depth_um: 5 }];
  const before = structuredClone(base);
  const changed = factory.vary(base, { "steps.vasculature.layers": layers });
  layers[0]!.depth_um = 99;
  expect(stepOf(changed, "vasculature")).toMatchObject({ layers: [{ depth_um: 5 }] });
  expect(base).toEqual(before);
});

test("without changes it is the spec itself, complete", () => {
  expect(factory.vary({ steps: [] }, {})).toEqual(factory.parse({ steps: [] }));
});

test.each([
  ["steps.vasculature.layers.1.depth_um", "steps[1].layers[1].depth_um"],
  ["steps.vasculature.layers[1].depth_um", "steps[1].layers[1].depth_um"],
  ["steps[1].layers[1].depth_um", "steps[1].layers[1].depth_um"],
])("%s is a path", (path) => {
  const changed = factory.vary(base, { [path]: 33 });
  expect(stepOf(changed, "vasculature")).toMatchObject({
    layers: [{ depth_um: 10 }, { depth_um: 33 }],
  });
});

test("everything that is wrong with paths and values of steps, each at its path", () => {
  try {
    factory.vary(base, {
      "acquisition.optcs.na": 0.2,
      "steps.vasculatur": null,
      "steps.neuropil.amplitude": 2,
      "steps.sensor": 3,
      "steps.vasculature.depth_um": 3,
      "steps.vasculature.layers.2.depth_um": 3,
      "seed.deep": 1,
      "steps.sensor.kind": "optics",
      "__proto__.polluted": 1,
      steps: [],
    });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(SpecError);
    expect((error as SpecError).message.split("\n").slice(1)).toEqual([
      '  acquisition.optcs.na: the spec has no such field. Did you mean "acquisition.optics.na"?',
      '  steps.vasculatur: there is no step of the kind "vasculatur". Did you mean "vasculature"?',
      '  steps.neuropil.amplitude: the spec has no step "neuropil"; set steps.neuropil to {} to add it.',
      "  steps.sensor: a step is an object with its parameters, or null to leave it out.",
      "  steps.vasculature.depth_um: this may be any of steps.vasculature.layers.0.depth_um, steps.vasculature.layers.1.depth_um; write which.",
      '  steps.vasculature.layers["2"].depth_um: there is no "2" in a list of 2 items: 0 … 1.',
      '  seed.deep: the spec has no such field. Did you mean "seed"?',
      '  steps.sensor.kind: the spec has no such field. Did you mean "steps.sensor"?',
      "  __proto__.polluted: the spec has no such field.",
      "  steps: name a step by its kind, as in steps.place_neurons.",
    ]);
  }
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("values that no spec may have are those of parsing", () => {
  expect(() => factory.vary(base, { "acquisition.optics.na": 9 })).toThrow(
    "acquisition.optics.na: must be",
  );
  expect(() => factory.vary(base, { "acquisition.optics.nna": 0.2 })).toThrow('did you mean "na"?');
});

test("in a spec as written, sections on the way are made", () => {
  const changes = [["acquisition.optics.na", 0.2]] as const;
  const { spec, places, misfits } = varied({ steps: [] }, changes, { complete: false, kinds });
  expect({ spec, places, misfits }).toEqual({
    spec: { steps: [], acquisition: { optics: { na: 0.2 } } },
    places: [["acquisition", "optics", "na"]],
    misfits: [],
  });
});
