import {
  createSpecFactory,
  type Spec,
  SpecError,
  type SpecInput,
  type StepSpec,
} from "@minisim/spec";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { factory, kinds, steps } from "./fake-steps.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

/** The acquisition of the Python program, with what it does not know: tissue like water and without halo, a chip without faults. */
function inFull<A extends { readonly tissue: object; readonly image_sensor: object }>(given: A) {
  return {
    ...given,
    tissue: { ...given.tissue, refractive_index: 1.33, halo_fraction: 0, halo_width: 0.5 },
    image_sensor: {
      ...given.image_sensor,
      adc_bits: "auto",
      black_level_adu: 0,
      full_well_e: null,
      dark_current_e_s: 0,
      prnu: 0,
      dsnu_e: 0,
      row_pattern_e: 0,
      column_pattern_e: 0,
      row_noise_e: 0,
      hot_pixel_fraction: 0,
      hot_pixel_current_e_s: 1000,
    },
    exposure_fraction: 1,
  };
}

describe("a spec written by the Python program", () => {
  test("parses unchanged, but for what it does not know", () => {
    const { acquisition, ...rest } = oracles.spec_v4_ca1;
    expect(factory.parse(oracles.spec_v4_ca1)).toEqual({
      spec_version: 2,
      acquisition: inFull(acquisition),
      ...rest,
    });
  });

  test("has no warnings", () => {
    expect(factory.safeParse(oracles.spec_v4_ca1)).toMatchObject({ ok: true, warnings: [] });
  });
});

describe("defaults", () => {
  test("acquisition, seed and output are those of the reference", () => {
    expect(factory.parse({ steps: [] })).toEqual({
      spec_version: 2,
      acquisition: inFull(oracles.defaults.acquisition),
      seed: 0,
      steps: [],
      output: oracles.defaults.output,
    });
  });

  test.each(kinds)("%s alone is complete", (kind) => {
    const spec = factory.parse({ steps: [{ kind }] });
    expect(spec.steps).toEqual([oracles.defaults[kind as "sensor"]]);
  });

  test("fill in inside lists", () => {
    const spec = factory.parse({
      steps: [
        { kind: "vasculature", layers: [{}] },
        { kind: "place_neurons", populations: [{}] },
      ],
    });
    expect(spec.steps).toMatchObject([
      { layers: [oracles.defaults.vessel_layer] },
      { populations: [oracles.defaults.neuron_population] },
    ]);
  });
});

describe("a parsed spec", () => {
  test("is frozen all the way down and leaves the input alone", () => {
    const input = structuredClone(oracles.spec_v4_ca1);
    const spec = factory.parse(input);
    expect(thawed(spec)).toEqual([]);
    expect(Object.isFrozen(input)).toBe(false);
    expect(input).toEqual(oracles.spec_v4_ca1);
  });

  test("keeps the order of the user", () => {
    const { steps } = factory.parse({ steps: [{ kind: "sensor" }, { kind: "composite" }] });
    expect(steps.map((step) => step.kind)).toEqual(["sensor", "composite"]);
  });

  test("has dropped $schema", () => {
    expect(factory.parse({ $schema: "./spec.json", steps: [] })).not.toHaveProperty("$schema");
  });

  test("holds 0 where −0 was given", () => {
    const spec = factory.parse({
      acquisition: { focal_depth_in_tissue_um: -0 },
      steps: [{ kind: "vignette", center_offset_um: [-0, 1] }],
    });
    expect(spec.acquisition.focal_depth_in_tissue_um).toBe(0);
    expect(spec.steps[0]).toMatchObject({ center_offset_um: [0, 1] });
  });
});

describe("types", () => {
  test("tell the steps apart by kind", () => {
    const spec = factory.parse({ steps: [{ kind: "vignette" }] });
    const step = spec.steps.find((candidate) => candidate.kind === "vignette")!;
    expectTypeOf(step.center_offset_um).toEqualTypeOf<readonly [number, number]>();
    expectTypeOf(step.falloff).toEqualTypeOf<number>();
    expect(step.falloff).toBe(0.5);
  });

  test("a typed spec is a loose one, and a typed factory a loose one", () => {
    const loose: Spec = factory.parse({ steps: [{ kind: "sensor" }] });
    expectTypeOf(loose.steps).toEqualTypeOf<readonly StepSpec[]>();
    const anyFactory: { parse(input: unknown): Spec } = factory;
    expect(anyFactory.parse(loose)).toEqual(loose);
  });

  test("an input may leave out what has a default, and nothing else", () => {
    const input: SpecInput<typeof steps> = { steps: [{ kind: "vignette", falloff: 0.1 }] };
    // @ts-expect-error: no such field
    const wrong: SpecInput<typeof steps> = { steps: [{ kind: "vignette", fallof: 0.1 }] };
    expect(factory.safeParse(input).ok).toBe(true);
    expect(factory.safeParse(wrong).ok).toBe(false);
  });
});

describe("errors", () => {
  test("a SpecError lists every issue in its message and in its data", () => {
    const act = () => factory.parse({ seed: -1, steps: [{ kind: "sensor", photons_per_unit: 0 }] });
    expect(act).toThrow(SpecError);
    expect(act).toThrow(
      [
        "The spec has 2 errors:",
        "  seed: must be ≥ 0 (got -1).",
        "  steps[0].photons_per_unit: must be > 0 (got 0).",
      ].join("\n"),
    );
  });

  test("a factory refuses contradictory steps", () => {
    const [first] = steps;
    expect(() => createSpecFactory([first, first])).toThrow(
      'two steps are of the kind "place_neurons"',
    );
    const loose = { ...first, params: z.object({}) };
    expect(() => createSpecFactory([loose])).toThrow("must be a z.strictObject");
    const named = { ...first, params: z.strictObject({ kind: z.string() }) };
    expect(() => createSpecFactory([named])).toThrow('has a parameter "kind"');
  });
});

function thawed(value: unknown, path = "spec"): string[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, field]) => thawed(field, `${path}.${key}`));
  return Object.isFrozen(value) ? inside : [path, ...inside];
}
