// Presets through the built-in spec: the composed oracle, and every scope looking into every region.
import { expectedLight, facts } from "@minisim/pipeline";
import { expectedElectrons, fullScaleE } from "@minisim/sensor";
import {
  buildSpec,
  compile,
  preset,
  presetNames,
  type Region,
  regions,
  Spec,
  scopes,
  vary,
} from "minisim";
import { describe, expect, test } from "vitest";
import oracle from "./fixtures/presets.json" with { type: "json" };

const kindsOf = (input: ReturnType<typeof buildSpec>) =>
  Spec.parse(input).steps.map(({ kind }) => kind);
const parsedStep = (input: ReturnType<typeof buildSpec>, kind: string) =>
  Spec.parse(input).steps.find((step) => step.kind === kind);

// The Python program's own values; what the second edition measures otherwise is worked out here.
const instrument = oracle.scopes.miniscope_v4;
const classic = Spec.parse(preset("classic/ca1"));

describe("classic", () => {
  test("has the instrument of the Python program", () => {
    const { optics, image_sensor, front_working_distance_um } = classic.acquisition;
    expect(optics).toEqual(instrument.optics);
    expect(image_sensor).toMatchObject(instrument.image_sensor);
    expect(front_working_distance_um).toBe(instrument.front_working_distance_um);
    expect(classic.acquisition.focal_depth_in_tissue_um).toBe("auto");
  });

  test("has its light fields, and its photons a pixel and frame", () => {
    const step = (kind: string) => classic.steps.find((one) => one.kind === kind) ?? null;
    expect(step("illumination_profile")).toEqual(instrument.illumination);
    expect(step("vignette")).toEqual(instrument.vignette);
    expect(step("leakage")).toEqual(instrument.leakage);
    const { photons_per_um2_s } = step("sensor") as unknown as { photons_per_um2_s: number };
    const photons = (photons_per_um2_s * (4.8 / 2.9) ** 2) / 20;
    expect(photons).toBeCloseTo(instrument.photons_per_unit, 9);
  });

  test.each(["ca1", "cortex_l23"] as const)("%s has its tissue, cells and vessels", (name) => {
    const input = preset(`classic/${name}`)!;
    const expected = oracle.regions[name];
    const { scatter_mfp_excitation_um, scatter_mfp_emission_um, scatter_blur_per_um } =
      expected.tissue;
    expect(Spec.parse(input).acquisition.tissue).toMatchObject({
      scatter_mfp_excitation_um,
      scatter_mfp_emission_um,
      scatter_blur_per_um,
      halo_fraction: 0,
    });
    expect(parsedStep(input, "place_neurons")).toMatchObject({
      populations: [expected.population],
    });
    expect(parsedStep(input, "vasculature")).toEqual(expected.vasculature);
  });
});

describe.each(Object.keys(scopes) as (keyof typeof scopes)[])("scope %s", (name) => {
  test.each(Object.keys(regions) as (keyof typeof regions)[])(
    "makes %s fill a good part of its range, and saturates nowhere",
    (region) => {
      const plan = compile(
        vary(buildSpec(name, region, { duration_s: 2 }), {
          "acquisition.image_sensor.n_px_height": 96,
          "acquisition.image_sensor.n_px_width": 96,
          "steps.brain_motion": null,
        }),
      );
      const { light } = expectedLight(plan.program);
      const exposure = plan.scene.get(facts.exposure)!;
      const electrons = [...light].map((value) => expectedElectrons(value, exposure));
      const full = fullScaleE(exposure);
      const mean = electrons.reduce((a, b) => a + b, 0) / electrons.length;
      // Users set the lamp so that the middle of the field is between a fifth and four fifths of full scale.
      expect(mean / full).toBeGreaterThan(0.2);
      expect(mean / full).toBeLessThan(0.8);
      // The vessels' and cells' variation in the middle of the field never reaches full scale.
      expect(Math.max(...electrons)).toBeLessThan(full);
    },
  );
});

describe("names", () => {
  test("are all scopes × regions, and the first edition", () => {
    expect(presetNames).toEqual([
      ...["miniscope_v4", "miniscope_v3", "lfov", "grin_like", "generic_1p"].flatMap((scope) =>
        ["ca1", "cortex_l23", "striatum"].map((region) => `${scope}/${region}`),
      ),
      "classic/ca1",
      "classic/cortex_l23",
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
      sensor: { photons_per_um2_s: 50 },
    });
    expect(parsedStep(spec, "place_neurons")).toMatchObject({
      populations: [{ density_per_mm3: 1000, soma_radius_um: 7 }, { soma_radius_um: 4 }],
    });
    expect(parsedStep(spec, "cell_activity")).toMatchObject({ f0: 2 });
    expect(parsedStep(spec, "sensor")).toMatchObject({ photons_per_um2_s: 50 });
  });

  test("take a scope and a region of one's own", () => {
    const scope = { ...scopes.generic_1p, photons_per_um2_s: 7 };
    const region: Region = { ...regions.ca1, neuropil: { kind: "neuropil", level: 7 } };
    const spec = buildSpec(scope, region);
    expect(parsedStep(spec, "sensor")).toMatchObject({ photons_per_um2_s: 7 });
    expect(parsedStep(spec, "neuropil")).toMatchObject({ level: 7 });
  });
});
