// The images that the oracle fits are those that the renderer added up: their weighted sum is the noise-free movie.
import { area, defineStep, modulate } from "@minisim/pipeline";
import { builtinSteps, createSimulator, type StepInput } from "minisim";
import { expect, test } from "vitest";
import { z } from "zod";
import { cameraOf } from "../../src/baselines/camera.ts";
import { lightOf } from "../../src/baselines/light.ts";

const acquisition = {
  optics: { magnification: 3, na: 0.3 },
  image_sensor: { n_px_height: 41, n_px_width: 50, pixel_pitch_um: 6 },
  duration_s: 1,
};
const cells: StepInput = {
  kind: "place_neurons",
  positions_um: [
    [30, 0, 0],
    [90, -20, 31],
    [50, 38, -45],
    [50, -39, 47.5],
    [70, 4, 9],
  ],
};
const optics: StepInput[] = [{ kind: "optics" }, { kind: "composite" }];
const fields: StepInput[] = [
  { kind: "illumination_profile" },
  { kind: "vignette" },
  { kind: "leakage", level: 0.3 },
];

/** A step of somebody else's: every other frame is half as bright at the left edge, and a third of that. */
const ledFlicker = defineStep({
  kind: "led_flicker",
  revision: 1,
  domain: "sensor",
  summary: "A lamp that flickers.",
  sources: ["None: made for this test"],
  params: z.strictObject({}),
  compile: ({ geometry: { fov, n_frames } }) => ({
    frames: modulate(
      Float64Array.from({ length: area(fov) }, (_, pixel) => (pixel % fov.width === 0 ? 0.5 : 1)),
      Float64Array.from({ length: n_frames }, (_, t) => (t % 2 === 0 ? 1 : 1 / 3)),
    ),
  }),
});
const simulator = createSimulator({ steps: [...builtinSteps, ledFlicker] });
// level · NA² · attenuation at 100 µm (the tissue of the defaults) / components
const NEUROPIL = { level: 6, share: (6 * 0.3 ** 2 * Math.exp(-100 * (1 / 600 + 1 / 100))) / 2 };

interface Weights {
  readonly neuropilShare: number;
}

/** The largest difference between movie and sum, in units of the brightest pixel. */
async function misfit(
  steps: readonly (StepInput | { readonly kind: "led_flicker" })[],
  { neuropilShare }: Weights,
) {
  const recording = await simulator.simulate({ acquisition, seed: 2, steps });
  const { observed, ground_truth: truth } = recording;
  const [height, width] = truth.fov_shape;
  const light = lightOf(simulator.compile(recording.spec));
  const { cells: count, backgroundNames } = light;
  const unknowns = count + backgroundNames.length;
  const factors = Array.from({ length: unknowns }, (_, i) => light.factor(i));
  const camera = cameraOf(light);
  const frames = observed.shape[0]!;
  let worst = 0;
  let brightest = 0;
  for (let t = 0; t < frames; t++) {
    const weights = factors.map((factor, i) => {
      const name = backgroundNames[i - count];
      if (i < count) return factor[t]! * truth.C.data[i * frames + t]!;
      if (!name!.startsWith("neuropil")) return name === "leakage" ? factor[t]! : 0;
      const activity = truth.neuropil_temporal!.data[(i - count) * frames + t]!;
      return factor[t]! * neuropilShare * activity;
    });
    camera.view(t, 1).see([0], [Float64Array.from(weights)]);
    for (const [pixel, fitted] of camera.frame(0).entries()) {
      const light = observed.data[t * height * width + pixel]!;
      brightest = Math.max(brightest, light);
      worst = Math.max(worst, Math.abs(light - fitted));
    }
  }
  expect(brightest).toBeGreaterThan(0.1);
  return worst / brightest;
}

// The renderer works in float32: a few roundings of 6e-8 a pixel, over five cells, fields and interpolation.
const FLOAT32 = 2e-6;

test("of cells, bleaching, motion and every field", async () => {
  const steps: StepInput[] = [
    cells,
    { kind: "cell_activity" },
    { kind: "bleaching", bleach_susceptibility: 0.05 },
    ...optics,
    { kind: "brain_motion", max_shift_um: 12, motion_amplitude_um: 9 },
    ...fields,
  ];
  expect(await misfit(steps, { neuropilShare: 0 })).toBeLessThan(FLOAT32);
});

test("of neuropil and vessels, in still tissue", async () => {
  const steps: StepInput[] = [
    cells,
    { kind: "cell_activity" },
    ...optics,
    { kind: "neuropil", level: NEUROPIL.level, n_components: 2 },
    { kind: "vasculature", enabled: true, layers: [{}] },
    ...fields,
  ];
  expect(await misfit(steps, { neuropilShare: NEUROPIL.share })).toBeLessThan(FLOAT32);
});

test("of neuropil and vessels in moving tissue, up to the edge", async () => {
  const steps: StepInput[] = [
    cells,
    { kind: "cell_activity" },
    ...optics,
    { kind: "neuropil", level: NEUROPIL.level, n_components: 2 },
    { kind: "vasculature", enabled: true, layers: [{}] },
    { kind: "brain_motion", max_shift_um: 7, motion_amplitude_um: 6 },
    ...fields,
  ];
  expect(await misfit(steps, { neuropilShare: NEUROPIL.share })).toBeLessThan(FLOAT32);
});

test("of what a foreign step does to them, frame by frame", async () => {
  const active = { kind: "cell_activity", rate_hz: 5, silent_fraction: 0 } as const;
  const steps = [cells, active, ...optics, { kind: "led_flicker" }] as const;
  expect(await misfit(steps, { neuropilShare: 0 })).toBeLessThan(FLOAT32);
});

test("of cells whose focus moves", async () => {
  const steps: StepInput[] = [
    cells,
    { kind: "cell_activity" },
    { kind: "bleaching", bleach_susceptibility: 0.05 },
    ...optics,
    { kind: "neuropil", level: NEUROPIL.level, n_components: 2 },
    { kind: "brain_motion", max_shift_um: 7, motion_amplitude_um: 6, axial_motion_um: 15 },
    ...fields,
  ];
  expect(await misfit(steps, { neuropilShare: NEUROPIL.share })).toBeLessThan(FLOAT32);
});

test("of tissue that turns and bends", async () => {
  const steps: StepInput[] = [
    cells,
    { kind: "cell_activity" },
    ...optics,
    { kind: "neuropil", level: NEUROPIL.level, n_components: 2 },
    {
      kind: "brain_motion",
      max_shift_um: 7,
      motion_amplitude_um: 6,
      axial_motion_um: 10,
      rotation_deg: 2,
      nonrigid_um: 2,
      nonrigid_scale_um: 30,
    },
    ...fields,
  ];
  // A displacement of 20 px takes 20 roundings of 6e-8 of it on each axis; an image changes by less than a tenth of its peak in a pixel.
  expect(await misfit(steps, { neuropilShare: NEUROPIL.share })).toBeLessThan(FLOAT32 + 5e-6);
});
