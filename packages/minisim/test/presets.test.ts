// Presets through the built-in spec: the composed oracle, and every scope looking into every region.
import { buildSpec, preset, presetNames, type Region, regions, Spec, scopes } from "minisim";
import { describe, expect, test } from "vitest";
import oracle from "./fixtures/presets.json" with { type: "json" };

const byKind = (steps: readonly { readonly kind: string }[]) =>
  [...steps].sort((a, b) => (a.kind < b.kind ? -1 : 1));
const kindsOf = (input: ReturnType<typeof buildSpec>) =>
  Spec.parse(input).steps.map(({ kind }) => kind);
const parsedStep = (input: ReturnType<typeof buildSpec>, kind: string) =>
  Spec.parse(input).steps.find((step) => step.kind === kind);

test("miniscope_v4 × ca1 with motion and bleaching is the composed spec", () => {
  const input = buildSpec("miniscope_v4", "ca1", {
    extra_steps: [{ kind: "bleaching" }, { kind: "brain_motion" }],
  });
  const { steps, ...rest } = Spec.parse(input);
  const { steps: expected, ...others } = oracle.spec_v4_ca1;
  expect(rest).toEqual(others);
  expect(byKind(steps)).toEqual(byKind(expected));
});

describe.each(Object.keys(scopes) as (keyof typeof scopes)[])("scope %s", (name) => {
  const { acquisition, steps } = Spec.parse(buildSpec(name, "ca1"));
  const expected = oracle.scopes[name];

  test("has the instrument of the table", () => {
    expect(acquisition.optics).toEqual(expected.optics);
    expect(acquisition.image_sensor).toEqual(expected.image_sensor);
    expect(acquisition.front_working_distance_um).toBe(expected.front_working_distance_um);
    expect(acquisition.focal_depth_in_tissue_um).toBe(expected.focal_depth_in_tissue_um);
  });

  test("has the light fields and the exposure of the table", () => {
    const step = (kind: string) => steps.find((one) => one.kind === kind) ?? null;
    expect(step("illumination_profile")).toEqual(expected.illumination);
    expect(step("vignette")).toEqual(expected.vignette);
    expect(step("leakage")).toEqual(expected.leakage);
    expect(step("sensor")).toMatchObject({ photons_per_unit: expected.photons_per_unit });
  });
});

describe.each(Object.keys(regions) as (keyof typeof regions)[])("region %s", (name) => {
  const input = buildSpec("generic_1p", name);
  const expected = oracle.regions[name];

  test("has the tissue and the steps of the table", () => {
    expect(Spec.parse(input).acquisition.tissue).toEqual(expected.tissue);
    expect(parsedStep(input, "place_neurons")).toMatchObject({
      populations: [expected.population],
    });
    expect(parsedStep(input, "neuropil")).toEqual(expected.neuropil);
    expect(parsedStep(input, "vasculature")).toEqual(expected.vasculature);
  });
});

describe("names", () => {
  test("are all scopes × regions", () => {
    expect(presetNames).toEqual([
      "miniscope_v4/ca1",
      "miniscope_v4/cortex_l23",
      "generic_1p/ca1",
      "generic_1p/cortex_l23",
    ]);
  });

  test.each(presetNames)("%s parses without errors or warnings", (name) => {
    const result = Spec.safeParse(preset(name));
    expect(result).toMatchObject({ ok: true, warnings: [] });
  });

  test.each(["miniscope_v4", "ca1/miniscope_v4", "miniscope_v4/ca1/x", "toString/ca1", ""])(
    "%j is no preset",
    (name) => {
      expect(preset(name)).toBeUndefined();
    },
  );
});

describe("options", () => {
  const build = (options: Parameters<typeof buildSpec>[2]) =>
    buildSpec("miniscope_v4", "ca1", options);

  test("set the session", () => {
    const options = { duration_s: 10, fps: 30, seed: 5, save_intermediates: true };
    const { acquisition, seed, output } = Spec.parse(build(options));
    expect(acquisition).toMatchObject({ duration_s: 10, fps: 30 });
    expect(seed).toBe(5);
    expect(output.save_intermediates).toBe(true);
  });

  test("leave steps out", () => {
    const without = (options: Parameters<typeof buildSpec>[2]) =>
      kindsOf(build({})).filter((kind) => !kindsOf(build(options)).includes(kind));
    expect(without({})).toEqual([]);
    expect(without({ include_neuropil: false })).toEqual(["neuropil"]);
    expect(without({ include_vasculature: false })).toEqual(["vasculature"]);
    expect(without({ include_scope_fields: false })).toEqual([
      "illumination_profile",
      "vignette",
      "leakage",
    ]);
  });

  test("change the cells, their activity and the sensor", () => {
    const spec = build({
      populations: [{ density_per_mm3: 1000 }, { soma_radius_um: 4 }],
      activity: { f0: 2 },
      sensor: { photons_per_unit: 50 },
    });
    expect(parsedStep(spec, "place_neurons")).toMatchObject({
      populations: [{ density_per_mm3: 1000, soma_radius_um: 7 }, { soma_radius_um: 4 }],
    });
    expect(parsedStep(spec, "cell_activity")).toMatchObject({ f0: 2 });
    expect(parsedStep(spec, "sensor")).toMatchObject({ photons_per_unit: 50 });
  });

  test("take a scope and a region of one's own", () => {
    const scope = { ...scopes.generic_1p, photons_per_unit: 7 };
    const region: Region = { ...regions.ca1, neuropil: { kind: "neuropil", level: 7 } };
    const spec = buildSpec(scope, region);
    expect(parsedStep(spec, "sensor")).toMatchObject({ photons_per_unit: 7 });
    expect(parsedStep(spec, "neuropil")).toMatchObject({ level: 7 });
  });
});
