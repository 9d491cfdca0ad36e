// Presets are plain data, as one would write them by hand. What they parse to is tested in presets.test.ts.
import { buildSpec, preset, presetNames, regions, type StepInput, scopes } from "minisim";
import { describe, expect, test } from "vitest";

test("a spec is JSON", () => {
  for (const name of presetNames) {
    const spec = preset(name);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  }
});

test("a preset is its scope looking into its region", () => {
  expect(preset("generic_1p/cortex_l23", { seed: 3 })).toEqual(
    buildSpec("generic_1p", "cortex_l23", { seed: 3 }),
  );
  expect(buildSpec(scopes.generic_1p, regions.cortex_l23)).toEqual(
    buildSpec("generic_1p", "cortex_l23"),
  );
});

test("a further step stands in the place of the preset's own of its kind", () => {
  const extra: StepInput = { kind: "bleaching", bleach_susceptibility: 0.001 };
  const kinds = (spec: ReturnType<typeof buildSpec>) => spec.steps.map(({ kind }) => kind);
  const spec = buildSpec("miniscope_v4", "ca1", { extra_steps: [extra] });
  expect(spec.steps.at(-1)).toEqual(extra);
  expect(kinds(spec).sort()).toEqual(kinds(buildSpec("miniscope_v4", "ca1")).sort());
  expect(kinds(buildSpec("miniscope_v4", "ca1", { include_session: false }))).not.toContain(
    "bleaching",
  );
});

test("a spec is its owner's: to change it changes no later one, and the tables cannot be changed", () => {
  const mine = buildSpec("miniscope_v4", "ca1");
  const { na } = mine.acquisition!.optics!;
  (mine.acquisition!.optics as { na: number }).na = na! / 2;
  (mine.steps[0] as { kind: string }).kind = "other";
  const next = buildSpec("miniscope_v4", "ca1");
  expect(next.acquisition!.optics!.na).toBe(na);
  expect(next.steps[0]!.kind).toBe("place_neurons");
  const optics = scopes.miniscope_v4.acquisition.optics as { na: number };
  expect(() => {
    optics.na = 0.1;
  }).toThrow(TypeError);
});

describe("overrides", () => {
  test("of the sensor step win over the scope's, key by key", () => {
    const stepOf = (sensor: object) =>
      buildSpec("miniscope_v4", "ca1", { sensor: { ...sensor } }).steps.find(
        ({ kind }) => kind === "sensor",
      );
    expect(stepOf({})).toEqual({ kind: "sensor", photons_per_um2_s: 6300 });
    expect(stepOf({ photons_per_um2_s: 5 })).toEqual({ kind: "sensor", photons_per_um2_s: 5 });
  });

  test("leave the tables of scopes and regions alone", () => {
    const before = JSON.stringify([scopes, regions]);
    buildSpec("miniscope_v4", "ca1", { populations: [], activity: { f0: 2 }, seed: 1 });
    expect(JSON.stringify([scopes, regions])).toBe(before);
  });
});

test("every scope and region has a title, every scope a source", () => {
  for (const { title, source } of Object.values(scopes)) {
    expect(title).not.toBe("");
    expect(source).not.toBe("");
  }
  for (const { title } of Object.values(regions)) expect(title).not.toBe("");
});
