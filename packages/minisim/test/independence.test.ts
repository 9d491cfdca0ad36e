// Paired experiments: taking one step away leaves every other step's truth as it was, but for what physics couples.
import { compile, groundTruth, type SpecInput, type StepInput, simulate } from "minisim";
import { describe, expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";
import { allTwelve } from "./specs.ts";

/** How well a cell can be seen, and told from others. */
const DETECTION = [
  "detectable",
  "detection_snr",
  "transient_dprime",
  "spike_dprime",
  "overlap_cost",
  "predicted_trace_corr",
];

/** All that follows from the focus. */
const FOCUS = [
  "focal_depth_um",
  "observed_sigma_px",
  "in_focus",
  "observed_footprints",
  "visible_fraction",
  "vasculature_mask",
  "vessel_overlap_fraction",
  ...DETECTION,
];

/** What taking a step away may change besides its own truth, and why. All else must stay byte for byte. */
const COUPLED: Record<string, { own: string[]; coupled: string[] }> = {
  // neuropil fades with the cells, and what fades shines less into the pixels of others
  bleaching: { own: ["bleaching"], coupled: ["neuropil_temporal", ...DETECTION] },
  optics: {
    own: ["observed_sigma_px", "observed_gain", "in_focus", "focal_depth_um"],
    // what reaches the sensor decides detectability; vessels blur by their distance from the focus
    coupled: [
      "observed_footprints",
      ...DETECTION,
      "visible_fraction", // a blurred cell at the edge shines into the field
      "vasculature_mask",
      "vessel_overlap_fraction",
    ],
  },
  // without light there is nothing to detect
  composite: {
    own: ["halo_light", "halo_sigma_px", ...DETECTION.slice(1)],
    coupled: ["detectable", "visible_fraction"], // of what is seen of a cell; without composite nothing is
  },
  // its light is noise, by which cells are focused and detected
  neuropil: {
    own: ["neuropil_spatial", "neuropil_temporal", "neuropil_population"],
    coupled: FOCUS,
  },
  vasculature: {
    own: ["vasculature_mask", "vessel_overlap_fraction"],
    coupled: DETECTION, // vessels take light
  },
  illumination_profile: {
    own: ["illumination"],
    // light decides bleaching, where to focus, and all that follows from the focus
    coupled: ["bleaching", "neuropil_temporal", ...FOCUS],
  },
  vignette: {
    own: ["vignette"],
    coupled: FOCUS,
  },
  leakage: { own: ["leakage"], coupled: DETECTION }, // its light is noise
  sensor: {
    own: ["sensor_sensitivity", "sensor_dark", "sensor_offset"],
    // without a sensor there is no noise floor to focus by or to detect against
    coupled: FOCUS,
  },
};

const without = (kind: string) => ({
  ...allTwelve,
  steps: allTwelve.steps.filter((step) => step.kind !== kind),
});

describe("taking one step away", () => {
  test.each(Object.entries(COUPLED))(
    "%s: all other truth stays",
    async (kind, { own, coupled }) => {
      const whole = await fingerprint(await simulate(allTwelve, { until: "place_neurons" }));
      const less = await fingerprint(await simulate(without(kind), { until: "place_neurons" }));
      const changed = Object.keys(whole).filter((name) => whole[name] !== less[name]);
      const allowed = new Set([...own, ...coupled]);
      expect(changed.filter((name) => !allowed.has(name))).toEqual([]);
      expect(own.filter((name) => whole[name] === less[name])).toEqual([]);
    },
  );

  test("brain_motion: cells in view, their activity and the fields of view stay", () => {
    const whole = groundTruth(compile(allTwelve));
    const still = groundTruth(compile(without("brain_motion")));
    const placeOf = (truth: typeof whole, unit: number) =>
      [...truth.centers_um.data.subarray(3 * unit, 3 * unit + 3)].join(" ");
    const indexInWhole = new Map(
      Array.from({ length: whole.n_units }, (_, unit) => [placeOf(whole, unit), unit]),
    );
    const frames = whole.C.shape[1]!;
    expect(still.n_units).toBeGreaterThan(10);
    for (let unit = 0; unit < still.n_units; unit++) {
      const twin = indexInWhole.get(placeOf(still, unit));
      expect(twin, `cell ${unit}`).toBeDefined();
      expect(whole.C.data.subarray(twin! * frames, (twin! + 1) * frames)).toEqual(
        still.C.data.subarray(unit * frames, (unit + 1) * frames),
      );
    }
    expect(whole.illumination?.data).toEqual(still.illumination?.data);
    expect(whole.leakage?.data).toEqual(still.leakage?.data);
  });

  test("a step added does not move the noise of the sensor", async () => {
    const dark = (steps: StepInput[]): SpecInput => ({
      acquisition: {
        duration_s: 0.2,
        image_sensor: { n_px_height: 32, n_px_width: 32, read_noise_e: 20 },
      },
      steps: [{ kind: "sensor" }, ...steps],
    });
    const alone = await simulate(dark([]));
    const lit = await simulate(dark([{ kind: "vignette" }, { kind: "illumination_profile" }]));
    expect(alone.observed.data.some((count) => count > 0)).toBe(true);
    expect(lit.observed.data).toEqual(alone.observed.data);
  });
});

/** Steps that no preset has, with all they do switched on, and what their being there may change besides their own truth. */
const ADDED: Record<string, { step: StepInput; own: string[]; coupled: string[] }> = {
  hemodynamics: {
    step: { kind: "hemodynamics" },
    own: ["vessel_radius", "hemodynamic_transmission", "vasculature_swing"],
    // blood takes light on its way in and out
    coupled: ["bleaching", "neuropil_temporal", ...FOCUS],
  },
  acquisition_faults: {
    step: { kind: "acquisition_faults", torn_rate: 0.1, lost_rate: 0.1, striped_rate: 0.1 },
    own: [
      "acquisition_fault",
      "source_frame",
      "torn_row",
      "torn_source_frame",
      "stripe_amplitude",
      "stripe_phase",
      "timestamps_s",
    ],
    coupled: [],
  },
  illumination_drift: {
    step: { kind: "illumination_drift", flicker_cv: 0.02, wander_cv: 0.01 },
    own: ["illumination_gain"],
    // light decides bleaching, where to focus, and all that follows from the focus
    coupled: ["bleaching", "neuropil_temporal", ...FOCUS],
  },
};

describe("adding one step", () => {
  test.each(Object.entries(ADDED))(
    "%s: all other truth stays",
    async (_, { step, own, coupled }) => {
      const steps = [...allTwelve.steps, step];
      const more = await fingerprint(
        await simulate({ ...allTwelve, steps }, { until: "place_neurons" }),
      );
      const whole = await fingerprint(await simulate(allTwelve, { until: "place_neurons" }));
      const changed = Object.keys(more).filter((name) => more[name] !== whole[name]);
      expect(changed.filter((name) => ![...own, ...coupled].includes(name))).toEqual([]);
      expect(own.filter((name) => !(name in more) || name in whole)).toEqual([]);
    },
  );
});
