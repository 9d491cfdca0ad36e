// Specs of the first edition, and of the Python program, in today's words: the same light.
import { geometryOf } from "@minisim/spec";
import { formatIssue, migrate, Spec, type SpecInput, simulate } from "minisim";
import { describe, expect, test } from "vitest";
import python from "../../interop/test/fixtures/python-minisim-spec.json" with { type: "json" };

const CHIP = { n_px_height: 400, n_px_width: 400, pixel_pitch_um: 4 };
const migrated = (document: unknown) => {
  const { spec, changes } = migrate(document);
  expect(changes.filter(({ severity }) => severity === "error")).toEqual([]);
  return Spec.parse(spec);
};
const stepOf = <Kind extends SpecInput["steps"][number]["kind"]>(spec: Spec, kind: Kind) =>
  spec.steps.find((step): step is Extract<typeof step, { kind: Kind }> => step.kind === kind)!;

describe("a spec of the first edition", () => {
  test.each([
    [{}, {}, 100],
    [{ photons_per_unit: 600 }, { fps: 7.5 }, 600],
    [{ photons_per_unit: 0.3 }, { fps: 30, exposure_fraction: 0.25 }, 0.3],
    [{ photons_per_unit: 12 }, { optics: { magnification: 2.9 }, image_sensor: CHIP }, 12],
  ])("%j with %j gives a pixel the same photons in a frame", (params, acquisition, photons) => {
    const spec = migrated({ spec_version: 1, acquisition, steps: [{ kind: "sensor", ...params }] });
    const { photons_per_um2_s } = stepOf(spec, "sensor");
    const { pixel_size_um, exposure_s } = geometryOf(spec.acquisition);
    const found = photons_per_um2_s * pixel_size_um ** 2 * exposure_s;
    // What four roundings of doubles may leave.
    expect(Math.abs(found / photons - 1)).toBeLessThan(1e-9);
  });

  test.each([
    { amplitude: 0.5, na: 0.45, tissue: {} },
    { amplitude: 3, na: 0.2, tissue: { scatter_mfp_emission_um: 30 } },
  ])("its neuropil has the same mean light: $amplitude at NA $na", async (given) => {
    const { amplitude, na, tissue } = given;
    const spec = migrated({
      acquisition: {
        optics: { na, magnification: 2 },
        image_sensor: CHIP,
        tissue,
        fps: 4,
        duration_s: 100,
      },
      seed: 5,
      steps: [{ kind: "neuropil", amplitude, spatial_sigma_um: 20, temporal_tau_s: 0.5 }],
    });
    const { data } = (await simulate(spec)).observed;
    let mean = 0;
    for (const value of data) mean += value / data.length;
    // Fields of the first edition lay between 0 and 1, half of it on average. Of the mean over this field and time, the standard deviation is
    // 0.058 · 2√π · 20 µm / 800 µm = 0.005 by the fields and 0.078 · √(2 · 0.5 s / 100 s) = 0.008 by the time courses: four of both.
    expect(Math.abs(mean / (amplitude / 2) - 1)).toBeLessThan(0.04);
  });

  test("its neuropil fluctuates as much: a cv and a share of variance", () => {
    const convert = (params: object) =>
      stepOf(migrated({ spec_version: 1, steps: [{ kind: "neuropil", ...params }] }), "neuropil");
    // Of one component without the population: √(exp(0.4²) − 1).
    const alone = convert({ n_components: 1, population_coupling: 0 });
    expect(alone.fluctuation_cv).toBeCloseTo(0.41655, 5);
    expect(alone).toMatchObject({ population_coupling: 0, fluctuation_contrast: 0 });
    // Four components fluctuate half as much, but for 0.3 % that their own fields add.
    const four = convert({ n_components: 4, population_coupling: 0 });
    expect(four.fluctuation_cv / alone.fluctuation_cv).toBeCloseTo(0.5 * Math.sqrt(1.0075), 9);
    expect(convert({ population_coupling: 1 }).population_coupling).toBe(1);
    expect(convert({})).toMatchObject({ spatial_sigma_um: 40, temporal_tau_s: 10 });
  });

  test("is refused in one sentence that names the command", () => {
    const result = Spec.safeParse(python);
    expect(!result.ok && result.issues.map(formatIssue)).toEqual([
      "steps[1].spike_sim_hz: is a field of the first edition of specs, whose light has other units; `minisim migrate FILE` converts it.",
    ]);
  });
});

test("a spec of the Python program becomes one of ours, with what was converted", () => {
  // The file shows how large numbers are written, by a time that is out of range here.
  const steps = python.steps.map((step) =>
    step.kind === "bleaching" ? { ...step, turnover_tau_s: 20_000 } : step,
  );
  const { spec, changes } = migrate({ ...python, steps });
  expect(Spec.safeParse(spec)).toMatchObject({ ok: true });
  expect(changes.map(formatIssue)).toEqual([
    "acquisition.optics.na: the blur of what is out of focus is 2.5 times narrower, with the same light in all.",
    'acquisition.optics.depth_of_field_um: "auto" is n λ / (2 NA²), half of what it was: fewer cells count as in focus.',
    'steps[1].spike_sim_hz: is sampling_hz and gate_bin_hz, with firing "gate" and indicator "linear": the same traces; a spike is timed at the centre of its bin.',
    "steps[1].p_quiescent_to_active: is gate_p_open.",
    "steps[1].p_active_to_quiescent: is gate_p_close.",
    "steps[1].active_rate_hz: is gate_open_rate_hz.",
    "steps[1].quiescent_rate_hz: is gate_closed_rate_hz.",
    "steps[5].amplitude: is level, 3.96: half of 0.5 (the mean of the fields), before the loss in the tissue down to 100 µm and the aperture.",
    "steps[5].population_coupling: is a share of variance, 0.13, of a fluctuation of its own: fluctuation_cv, 0.0776 (an estimate; the fields are other draws).",
    "steps[11].photons_per_unit: is photons_per_um2_s, 14200: 100 photons in 0.375 × 0.375 µm and 0.05 s.",
  ]);
  expect(migrate(spec)).toEqual({ spec, changes: [] });
  expect(migrate(Spec.parse(spec)).changes).toEqual([]);
});
